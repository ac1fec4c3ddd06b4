package io.caravan.hub.connectors.woocommerce.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.woocommerce.sandbox.Refusals.Refused;
import java.util.Optional;

/** Tags: a name is there once, in any case. */
final class Tags {

    private static final String TAGS = "tags";

    private final SandboxState state;

    Tags(SandboxState state) {
        this.state = state;
    }

    Answer batch(Call call) {
        ObjectNode reply = SandboxState.object();
        ArrayNode made = reply.putArray("create");
        for (JsonNode one : call.json().orElse(SandboxState.object()).path("create")) {
            made.add(create(one.path("name").asText()));
        }
        return Answer.json(200, reply);
    }

    private ObjectNode create(String name) {
        Optional<ObjectNode> there = state.list(TAGS).stream()
                .filter(tag -> tag.path("name").asText().equalsIgnoreCase(name.replace("&", "&amp;")))
                .findFirst();
        if (there.isPresent()) {
            ObjectNode item = SandboxState.object().put("id", 0);
            item.set(
                    "error",
                    new Refused(400, "term_exists", "A term with the name provided already exists in this taxonomy.")
                            .with("resource_id", there.get().path("id").asLong())
                            .error());
            return item;
        }
        long id = state.next(TAGS, 71);
        ObjectNode tag = SandboxState.object()
                .put("id", id)
                .put("name", name.replace("&", "&amp;"))
                .put("slug", name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
        state.put(TAGS, String.valueOf(id), tag);
        return tag;
    }

    /** Those that a product is given; only ids count, names are ignored without a word. */
    ArrayNode chosen(JsonNode wanted) {
        ArrayNode tags = SandboxState.object().putArray("tags");
        for (JsonNode one : wanted) {
            state.get(TAGS, one.path("id").asText("0")).ifPresent(tags::add);
        }
        return tags;
    }
}

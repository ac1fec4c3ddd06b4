package io.caravan.hub.connectors.printify.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.function.Function;

/** Publication in a custom shop: it only locks. Every answer is an empty object, or nothing at all. */
final class PublishDesk {

    private final SandboxState state;

    PublishDesk(SandboxState state) {
        this.state = state;
    }

    Answer publish(Call call) {
        return with(call, product -> {
            if (product.path("is_locked").asBoolean()) {
                return ProductDesk.locked();
            }
            for (String part : new String[] {"title", "description", "images", "variants", "tags"}) {
                if (!call.json().orElse(SandboxState.object()).path(part).isBoolean()) {
                    return Envelopes.invalid(part, "The " + part + " field is required.");
                }
            }
            ProductDesk.save(state, product.put("is_locked", true));
            return Answer.json(200, SandboxState.object());
        });
    }

    Answer succeeded(Call call) {
        return with(call, product -> {
            JsonNode external = call.json().orElse(SandboxState.object()).path("external");
            if (external.path("id").asText().isEmpty()
                    || external.path("handle").asText().isEmpty()) {
                return Envelopes.invalid("external", "The external field is required.");
            }
            product.put("is_locked", false).set("external", external);
            ProductDesk.save(state, product);
            // real answers were seen empty where the documents show {}
            return Answer.text(200, "application/json", "");
        });
    }

    Answer failed(Call call) {
        return with(call, product -> {
            ProductDesk.save(state, product.put("is_locked", false));
            return Answer.json(200, SandboxState.object());
        });
    }

    Answer unpublish(Call call) {
        return with(call, product -> {
            product.remove("external");
            ProductDesk.save(state, product);
            return Answer.json(200, SandboxState.object());
        });
    }

    private Answer with(Call call, Function<ObjectNode, Answer> action) {
        ObjectNode product = ProductDesk.find(state, call);
        return product == null ? Envelopes.missing() : action.apply(product);
    }
}

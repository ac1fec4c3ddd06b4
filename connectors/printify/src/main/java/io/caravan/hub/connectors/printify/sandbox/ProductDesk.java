package io.caravan.hub.connectors.printify.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Products: nothing makes one unique, a locked one cannot be changed, and each variant tells what it costs. */
final class ProductDesk {

    static final String PRODUCTS = "products";

    private final SandboxState state;
    private final Catalogue catalogue;

    ProductDesk(SandboxState state, Catalogue catalogue) {
        this.state = state;
        this.catalogue = catalogue;
    }

    Answer create(Call call) {
        JsonNode body = call.json().orElse(SandboxState.object());
        for (String text : List.of("title", "description")) {
            if (body.path(text).asText().isBlank()) {
                return Envelopes.invalid(text, "The " + text + " field is required.");
            }
        }
        List<Catalogue.Variant> known = catalogue.find(
                body.path("blueprint_id").asLong(),
                body.path("print_provider_id").asLong());
        if (known.isEmpty()) {
            return Envelopes.invalid("blueprint_id", "The print provider does not make this blueprint.");
        }
        ObjectNode product = SandboxState.object();
        ArrayNode variants = product.putArray("variants");
        Set<Long> ids = new HashSet<>();
        for (JsonNode asked : body.path("variants")) {
            Optional<Catalogue.Variant> variant = known.stream()
                    .filter(one -> one.id() == asked.path("id").asLong())
                    .findFirst();
            if (variant.isEmpty()) {
                return Envelopes.invalid("variants", "The variant " + asked.path("id") + " is not in the catalogue.");
            }
            if (!asked.path("price").isIntegralNumber() || asked.path("price").asLong() <= 0) {
                return Envelopes.invalid("variants.price", "The price must be an integer.");
            }
            ids.add(variant.get().id());
            variants.add(variant(variant.get(), asked, variants.isEmpty()));
        }
        if (ids.isEmpty()) {
            return Envelopes.invalid("variants", "The variants field is required.");
        }
        Answer refusal = area(body.path("print_areas"), ids);
        return refusal == null ? made(call, body, product) : refusal;
    }

    private @Nullable Answer area(JsonNode areas, Set<Long> ids) {
        Set<Long> covered = new HashSet<>();
        for (JsonNode area : areas) {
            area.path("variant_ids").forEach(id -> covered.add(id.asLong()));
            for (JsonNode place : area.path("placeholders")) {
                if (!place.path("position").asText().matches("front|back")) {
                    return Envelopes.invalid("print_areas.placeholders.position", "The position is invalid.");
                }
                for (JsonNode image : place.path("images")) {
                    ObjectNode upload = state.get(
                                    UploadDesk.UPLOADS, image.path("id").asText())
                            .orElse(null);
                    if (upload == null) {
                        return Envelopes.invalid("print_areas.images.id", "The image does not exist.");
                    }
                    if (!image.path("angle").isIntegralNumber()
                            || !image.path("scale").isNumber()) {
                        return Envelopes.invalid("print_areas.images.angle", "The angle must be an integer.");
                    }
                    int side = Math.min(
                            upload.path("width").asInt(), upload.path("height").asInt());
                    if (side < PrintifySandbox.setting(state, "least_pixels", 300)) {
                        return Envelopes.refusal(400, 8203, "Validation failed.", "Image has low quality");
                    }
                }
            }
        }
        return covered.equals(ids)
                ? null
                : Envelopes.invalid("print_areas", "The print areas must cover all variants.");
    }

    private Answer made(Call call, JsonNode body, ObjectNode product) {
        String now = Envelopes.now() + "+00:00";
        product.put("id", String.format("%024x", 0x65a0_0000_0000L + state.next(PRODUCTS, 1)))
                .put("title", body.path("title").asText())
                .put("description", body.path("description").asText())
                .put("created_at", now)
                .put("updated_at", now)
                .put("visible", true)
                .put("is_locked", false)
                .put("blueprint_id", body.path("blueprint_id").asLong())
                .put("print_provider_id", body.path("print_provider_id").asLong())
                .put("user_id", 1337)
                .put("shop_id", Long.parseLong(call.param("shop")));
        product.set("tags", body.path("tags").isArray() ? body.path("tags") : product.arrayNode());
        product.set("print_areas", body.path("print_areas"));
        product.set("options", catalogue.options());
        product.putArray("images");
        product.putArray("sales_channel_properties");
        save(state, product);
        return Answer.json(200, product);
    }

    Answer list(Call call) {
        List<ObjectNode> mine = state.list(PRODUCTS).stream()
                .filter(one -> one.path("shop_id").asText().equals(call.param("shop")))
                .toList();
        return call.queryInt("limit", 10) > 50
                ? Envelopes.invalid("limit", "The limit may not be greater than 50.")
                : Envelopes.page(call, mine, 50);
    }

    Answer get(Call call) {
        ObjectNode product = find(state, call);
        return product == null ? Envelopes.missing() : Answer.json(200, product);
    }

    Answer update(Call call) {
        ObjectNode product = find(state, call);
        if (product == null) {
            return Envelopes.missing();
        }
        if (product.path("is_locked").asBoolean()) {
            return locked();
        }
        JsonNode body = call.json().orElse(SandboxState.object());
        for (String name : List.of("title", "description", "tags")) {
            if (body.has(name)) {
                product.set(name, body.path(name));
            }
        }
        save(state, product);
        return Answer.json(200, product);
    }

    Answer delete(Call call) {
        ObjectNode product = find(state, call);
        if (product == null) {
            return Envelopes.missing();
        }
        if (product.path("is_locked").asBoolean()) {
            return locked();
        }
        state.remove(PRODUCTS, product.path("id").asText());
        return Answer.json(200, SandboxState.object());
    }

    static Answer locked() {
        return Envelopes.refusal(400, 8252, "Operation failed.", "Product is disabled for editing");
    }

    static @Nullable ObjectNode find(SandboxState state, Call call) {
        return state.get(PRODUCTS, call.param("id"))
                .filter(one -> one.path("shop_id").asText().equals(call.param("shop")))
                .orElse(null);
    }

    static void save(SandboxState state, ObjectNode product) {
        state.put(PRODUCTS, product.path("id").asText(), product);
    }

    private ObjectNode variant(Catalogue.Variant variant, JsonNode asked, boolean first) {
        ObjectNode made = SandboxState.object()
                .put("id", variant.id())
                .put("sku", String.valueOf(866_366_000L + state.next("skus", 1)))
                .put("cost", variant.cost())
                .put("price", asked.path("price").asLong())
                .put("title", variant.title())
                .put("grams", variant.grams())
                .put("is_enabled", asked.path("is_enabled").asBoolean(true))
                .put("is_default", first)
                .put("is_available", true);
        ArrayNode options = made.putArray("options");
        catalogue.ids(variant).forEach(options::add);
        return made;
    }
}

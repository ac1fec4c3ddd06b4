package io.caravan.hub.connectors.shopify.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Products: set as a whole, at once or in the background; updated, published and deleted. */
final class ProductDesk {

    static final String PRODUCTS = "products";
    private static final String OPERATIONS = "operations";

    private final SandboxState state;
    private final Settings settings;
    private final VariantDesk variants;
    private final MediaDesk media;

    ProductDesk(SandboxState state, Settings settings, MediaDesk media) {
        this.state = state;
        this.settings = settings;
        this.variants = new VariantDesk(state);
        this.media = media;
    }

    /** Finishes in the background what is due by now. */
    void tick() {
        for (ObjectNode operation : state.list(OPERATIONS)) {
            boolean due = operation.path("due_ms").asLong() <= System.currentTimeMillis();
            if (operation.path("status").asText().equals("COMPLETE") || !due) {
                continue;
            }
            try {
                ObjectNode product = set(operation.path("identifier"), operation.path("input"));
                operation.put("product", product.path("id").asText());
            } catch (UserError e) {
                operation.set("error", tree(e.view()));
            }
            operation.put("status", "COMPLETE");
            state.put(OPERATIONS, operation.path("id").asText(), operation);
        }
    }

    Map<String, Object> productSet(JsonNode args, ProductView view) {
        JsonNode input = args.path("input");
        boolean synchronous = args.path("synchronous").asBoolean(true);
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("product", null);
        payload.put("productSetOperation", null);
        if (synchronous) {
            // documented for old versions; a shop that still has it must not surprise
            if (input.path("variants").size() > 100) {
                throw new UserError(
                        "INVALID_INPUT", "Synchronous mode takes at most 100 variants", "input", "variants");
            }
            payload.put("product", view.of(set(args.path("identifier"), input)));
            return payload;
        }
        long id = state.next(OPERATIONS, 5_001);
        ObjectNode operation = SandboxState.object()
                .put("id", String.valueOf(id))
                .put("status", "CREATED")
                .put("due_ms", System.currentTimeMillis() + settings.number("operation_ms", 800));
        operation.set("identifier", args.path("identifier"));
        operation.set("input", input);
        state.put(OPERATIONS, String.valueOf(id), operation);
        payload.put("productSetOperation", operation(operation, view));
        return payload;
    }

    @Nullable
    Object operation(String gid, ProductView view) {
        return state.get(OPERATIONS, gid.substring(gid.lastIndexOf('/') + 1))
                .map(operation -> operation(operation, view))
                .orElse(null);
    }

    private Map<String, Object> operation(ObjectNode operation, ProductView view) {
        Map<String, Object> shown = new LinkedHashMap<>();
        String product = operation.path("product").asText();
        shown.put("__typename", "ProductSetOperation");
        shown.put(
                "id",
                "gid://shopify/ProductSetOperation/" + operation.path("id").asText());
        shown.put("status", operation.path("status").asText());
        shown.put("product", state.get(PRODUCTS, product).map(view::of).orElse(null));
        shown.put(
                "userErrors",
                operation.path("error").isObject()
                        ? java.util.List.of(new com.fasterxml.jackson.databind.ObjectMapper()
                                .convertValue(operation.path("error"), Map.class))
                        : java.util.List.of());
        return shown;
    }

    private ObjectNode set(JsonNode identifier, JsonNode input) {
        ObjectNode product = found(identifier, input);
        boolean fresh = product.path("id").isMissingNode();
        check(input, fresh);
        if (fresh) {
            long now = System.currentTimeMillis();
            product.put("id", String.valueOf(state.next(PRODUCTS, 8_000_000_001L)))
                    .put("created_ms", now)
                    // the vendor's own default: what is not said to be a draft is for sale
                    .put("status", "ACTIVE")
                    .put("descriptionHtml", "")
                    .put("vendor", "Sandbox shop")
                    .put("productType", "");
            product.putArray("publications");
            product.putArray("variants");
            product.putArray("media");
            product.putArray("tags");
        }
        for (String field :
                java.util.List.of("handle", "title", "status", "descriptionHtml", "vendor", "productType", "tags")) {
            if (input.has(field)) {
                product.set(field, input.path(field));
            }
        }
        if (input.has("variants")) {
            variants.set(product, input);
        }
        if (input.has("files")) {
            media.set(product, input.path("files"));
        }
        return save(product);
    }

    private ObjectNode found(JsonNode identifier, JsonNode input) {
        if (identifier.has("id")) {
            return byId(identifier.path("id").asText())
                    .orElseThrow(() ->
                            new UserError("PRODUCT_DOES_NOT_EXIST", "Product does not exist", "identifier", "id"));
        }
        String handle = identifier.has("handle")
                ? identifier.path("handle").asText()
                : input.path("handle").asText();
        if (identifier.has("handle")
                && input.has("handle")
                && !input.path("handle").asText().equals(handle)) {
            throw new UserError("INPUT_MISMATCH", "The identifier and the input do not match", "input", "handle");
        }
        Optional<ObjectNode> there = byHandle(handle);
        if (there.isPresent() && !identifier.has("handle")) {
            throw new UserError("HANDLE_NOT_UNIQUE", "Handle '" + handle + "' already in use", "input", "handle");
        }
        return there.orElseGet(SandboxState::object);
    }

    private static void check(JsonNode input, boolean fresh) {
        String title = input.path("title").asText();
        if ((fresh && title.isBlank()) || title.length() > 255) {
            throw new UserError(
                    "INVALID_INPUT",
                    title.isBlank() ? "Title can't be blank" : "Title is too long (maximum is 255 characters)",
                    "input",
                    "title");
        }
        if (!input.path("handle").asText("a").matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new UserError("INVALID_INPUT", "Handle is not valid", "input", "handle");
        }
        if (input.path("tags").size() > 250) {
            throw new UserError("INVALID_INPUT", "A product can have at most 250 tags", "input", "tags");
        }
    }

    Map<String, Object> update(JsonNode args, ProductView view) {
        JsonNode change = args.path("product");
        ObjectNode product =
                byId(change.path("id").asText()).orElseThrow(() -> new UserError(null, "Product does not exist", "id"));
        for (String field : java.util.List.of("status", "title", "handle", "tags", "descriptionHtml")) {
            if (change.has(field)) {
                product.set(field, change.path(field));
            }
        }
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("product", view.of(save(product)));
        return payload;
    }

    Map<String, Object> publish(JsonNode args) {
        ObjectNode product =
                byId(args.path("id").asText()).orElseThrow(() -> new UserError(null, "Product does not exist", "id"));
        ArrayNode publications = product.withArray("publications");
        for (JsonNode one : args.path("input")) {
            String id = one.path("publicationId").asText();
            if (!Places.publication(id)) {
                throw new UserError(
                        null, "Publication does not exist or is not publishable", "input", "0", "publicationId");
            }
            if (!ProductView.contains(publications, id)) {
                publications.add(id);
            }
        }
        save(product);
        return new LinkedHashMap<>();
    }

    Map<String, Object> delete(JsonNode args) {
        String gid = args.path("input").path("id").asText();
        ObjectNode product = byId(gid).orElseThrow(() -> new UserError(null, "Product does not exist", "id"));
        state.remove(PRODUCTS, product.path("id").asText());
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("deletedProductId", gid);
        return payload;
    }

    /** Attaches pictures to variants. */
    Map<String, Object> bulkUpdate(JsonNode args, ProductView view) {
        ObjectNode product = byId(args.path("productId").asText())
                .orElseThrow(() -> new UserError("PRODUCT_DOES_NOT_EXIST", "Product does not exist", "productId"));
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("productVariants", variants.update(product, args.path("variants"), view));
        save(product);
        return payload;
    }

    Optional<ObjectNode> byHandle(String handle) {
        return state.list(PRODUCTS).stream()
                .filter(product -> product.path("handle").asText().equals(handle))
                .findFirst();
    }

    Optional<ObjectNode> byId(String gid) {
        return state.get(PRODUCTS, gid.substring(gid.lastIndexOf('/') + 1));
    }

    ObjectNode save(ObjectNode product) {
        product.put("updated_ms", System.currentTimeMillis());
        state.put(PRODUCTS, product.path("id").asText(), product);
        return product;
    }

    private static JsonNode tree(Map<String, Object> map) {
        return new com.fasterxml.jackson.databind.ObjectMapper().valueToTree(map);
    }
}

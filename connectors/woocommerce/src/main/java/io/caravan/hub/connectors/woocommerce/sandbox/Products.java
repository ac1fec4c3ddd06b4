package io.caravan.hub.connectors.woocommerce.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.woocommerce.sandbox.Refusals.Refused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Products and, since they share ids and SKUs with them, the lookup of both. */
final class Products {

    static final String PRODUCTS = "products";
    static final String VARIATIONS = "variations";
    private static final Set<String> TYPES = Set.of("simple", "variable", "grouped", "external");
    private static final Set<String> STATES = Set.of("draft", "pending", "private", "publish");

    private final SandboxState state;
    private final Settings settings;
    private final Media media;
    private final Tags tags;

    Products(SandboxState state, Settings settings, Media media, Tags tags) {
        this.state = state;
        this.settings = settings;
        this.media = media;
        this.tags = tags;
    }

    Answer create(Call call) {
        JsonNode body = body(call);
        if (body.has("id")) {
            throw new Refused(400, "woocommerce_rest_product_exists", "Cannot create existing product.");
        }
        ObjectNode product = SandboxState.object()
                .put("name", "Product")
                .put("type", "simple")
                .put("status", "publish")
                .put("sku", "")
                .put("regular_price", "")
                .put("sale_price", "")
                .put("manage_stock", false)
                .put("weight", "");
        for (String list : List.of("images", "tags", "attributes", "categories", "meta_data")) {
            product.putArray(list);
        }
        apply(product, body, call, 0);
        long id = state.next("posts", 3007);
        long now = System.currentTimeMillis();
        product.put("id", id).put("created_ms", now).put("visible_ms", now + settings.number("lag_ms", 1500));
        product.put("slug", slug(product.path("name").asText(), id));
        state.put(PRODUCTS, String.valueOf(id), product);
        return Answer.json(201, view(product, call));
    }

    Answer get(Call call) {
        return Answer.json(200, view(find(call, 404), call));
    }

    Answer update(Call call) {
        // another status than for reading, and the same code
        ObjectNode product = find(call, 400);
        apply(product, body(call), call, product.path("id").asLong());
        state.put(PRODUCTS, product.path("id").asText(), product);
        return Answer.json(200, view(product, call));
    }

    Answer delete(Call call) {
        ObjectNode product = find(call, 404);
        String id = product.path("id").asText();
        ObjectNode was = view(product, call);
        if (call.query("force").orElse("").equals("true")) {
            variations(id)
                    .forEach(one -> state.remove(VARIATIONS, one.path("id").asText()));
            state.remove(PRODUCTS, id);
        } else {
            state.put(PRODUCTS, id, product.put("status", "trash"));
        }
        return Answer.json(200, was);
    }

    Answer list(Call call) {
        String status = call.query("status").orElse("any");
        long now = System.currentTimeMillis();
        List<String> skus = call.query("sku")
                .map(sku -> List.of(sku.toLowerCase(Locale.ROOT).split(",")))
                .orElse(List.of());
        // a search by SKU finds variations too
        Stream<ObjectNode> all = skus.isEmpty()
                ? state.list(PRODUCTS).stream()
                : Stream.concat(state.list(PRODUCTS).stream(), state.list(VARIATIONS).stream());
        List<ObjectNode> found = all.filter(one -> status.equals("any")
                        ? !one.path("status").asText().equals("trash")
                        : one.path("status").asText().equals(status))
                .filter(one ->
                        skus.isEmpty() || skus.contains(one.path("sku").asText().toLowerCase(Locale.ROOT)))
                .filter(one -> skus.isEmpty() || one.path("visible_ms").asLong() <= now)
                .toList();
        return page(found, call, one -> view(one, call));
    }

    Answer page(List<ObjectNode> found, Call call, java.util.function.UnaryOperator<ObjectNode> view) {
        int size = call.queryInt("per_page", 10);
        int page = call.queryInt("page", 1);
        if (size < 1 || size > 100 || page < 1) {
            throw new Refused(400, "rest_invalid_param", "Invalid parameter(s): per_page");
        }
        boolean oldest = call.query("order").orElse("desc").equals("asc");
        Comparator<ObjectNode> byId =
                Comparator.comparingLong(one -> one.path("id").asLong());
        ArrayNode rows = SandboxState.object().putArray("rows");
        found.stream()
                .sorted(oldest ? byId : byId.reversed())
                .skip((long) size * (page - 1))
                .limit(size)
                .forEach(one -> rows.add(view.apply(one)));
        Answer answer = Answer.json(200, rows);
        return settings.number("page_headers", 1) == 0
                ? answer
                : answer.header("X-WP-Total", String.valueOf(found.size()))
                        .header("X-WP-TotalPages", String.valueOf((found.size() + size - 1) / size));
    }

    ObjectNode find(Call call, int otherwise) {
        String id = call.param("id");
        return state.get(PRODUCTS, id)
                .orElseThrow(() -> new Refused(otherwise, "woocommerce_rest_product_invalid_id", "Invalid ID."));
    }

    List<ObjectNode> variations(String product) {
        return state.list(VARIATIONS).stream()
                .filter(one -> one.path("parent_id").asText().equals(product))
                .toList();
    }

    /** SKUs are unique among products and variations that are not in the trash. */
    void unique(String sku, long own) {
        if (sku.isEmpty()) {
            return;
        }
        Stream.concat(state.list(PRODUCTS).stream(), state.list(VARIATIONS).stream())
                .filter(one -> one.path("id").asLong() != own)
                .filter(one -> !one.path("status").asText().equals("trash"))
                .filter(one -> one.path("sku").asText().equalsIgnoreCase(sku))
                .findFirst()
                .ifPresent(other -> {
                    throw new Refused(400, "product_invalid_sku", "Invalid or duplicated SKU.")
                            .with("resource_id", other.path("id").asLong());
                });
    }

    ObjectNode image(JsonNode wanted, Call call) {
        return media.image(wanted, call);
    }

    static JsonNode body(Call call) {
        return call.json()
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new Refused(400, "rest_invalid_json", "Invalid JSON body passed."));
    }

    private void apply(ObjectNode product, JsonNode body, Call call, long own) {
        Offer.check(body);
        oneOf(body, "type", TYPES);
        oneOf(body, "status", STATES);
        if (body.has("sku")) {
            unique(body.path("sku").asText(), own);
        }
        for (String field : List.of("name", "type", "status", "description", "short_description")) {
            if (body.has(field)) {
                product.put(field, body.path(field).asText());
            }
        }
        Offer.apply(product, body);
        if (body.has("attributes")) {
            product.set("attributes", attributes(body.path("attributes")));
        }
        if (body.has("meta_data")) {
            product.set("meta_data", body.path("meta_data"));
        }
        if (body.has("tags")) {
            product.set("tags", tags.chosen(body.path("tags")));
        }
        if (body.has("images")) {
            product.set("images", media.gallery(body.path("images"), call));
        }
    }

    /** The values of an attribute are one text with bars between them. */
    private static ArrayNode attributes(JsonNode wanted) {
        ArrayNode all = SandboxState.object().putArray("attributes");
        for (JsonNode one : wanted) {
            ObjectNode attribute = all.addObject()
                    .put("id", 0)
                    .put("name", one.path("name").asText())
                    .put("position", one.path("position").asInt())
                    .put("visible", one.path("visible").asBoolean())
                    .put("variation", one.path("variation").asBoolean());
            ArrayNode options = attribute.putArray("options");
            List<String> values = new ArrayList<>();
            one.path("options")
                    .forEach(value -> values.addAll(List.of(value.asText().split("\\|"))));
            values.forEach(value -> options.add(value.trim()));
        }
        return all;
    }

    private static void oneOf(JsonNode body, String field, Set<String> allowed) {
        if (body.has(field) && !allowed.contains(body.path(field).asText())) {
            throw new Refused(400, "rest_invalid_param", "Invalid parameter(s): " + field);
        }
    }

    private static String slug(String name, long id) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "") + "-" + id;
    }

    private ObjectNode view(ObjectNode product, Call call) {
        List<ObjectNode> variations = variations(product.path("id").asText());
        ObjectNode view = Offer.view(product, variations);
        view.put(
                "permalink",
                "http://" + call.header("Host").orElse("localhost") + "/woocommerce/product/"
                        + product.path("slug").asText() + "/");
        if (!view.path("type").asText().equals("variation")) {
            ArrayNode ids = view.putArray("variations");
            variations.forEach(one -> ids.add(one.path("id").asLong()));
        }
        view.put("description", product.path("description").asText());
        view.remove(List.of("created_ms", "visible_ms"));
        return settings.number("drift", 0) == 1 ? Drift.of(view) : view;
    }
}

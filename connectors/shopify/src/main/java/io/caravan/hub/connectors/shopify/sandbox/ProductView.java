package io.caravan.hub.connectors.shopify.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a query may see of a stored product. */
final class ProductView {

    private final Settings settings;
    private final String base;

    /** @param base the shop's address, as the caller wrote it */
    ProductView(Settings settings, String base) {
        this.settings = settings;
        this.base = base;
    }

    Map<String, Object> of(JsonNode product) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("__typename", "Product");
        view.put("id", "gid://shopify/Product/" + product.path("id").asText());
        for (String field : List.of("handle", "title", "status", "descriptionHtml", "vendor", "productType")) {
            view.put(field, product.path(field).asText());
        }
        List<String> tags = new ArrayList<>();
        product.path("tags").forEach(tag -> tags.add(tag.asText()));
        view.put("tags", tags);
        view.put("createdAt", time(product.path("created_ms")));
        view.put("updatedAt", time(product.path("updated_ms")));
        view.put(
                "onlineStoreUrl",
                live(product) ? base + "/products/" + product.path("handle").asText() : null);
        view.put("variantsCount", Map.of("count", product.path("variants").size(), "precision", "EXACT"));
        view.put("mediaCount", Map.of("count", product.path("media").size(), "precision", "EXACT"));
        view.put("priceRangeV2", Map.of("minVariantPrice", price(product)));
        view.put("media", connection(product.path("media"), this::media));
        view.put("variants", connection(product.path("variants"), this::variant));
        view.put("publishedOnPublication", (Function<Map<String, Object>, Object>)
                args -> !product.path("status").asText().equals("DRAFT")
                        && contains(product.path("publications"), String.valueOf(args.get("publicationId"))));
        return view;
    }

    /** Whether a buyer can see it. */
    static boolean live(JsonNode product) {
        return product.path("status").asText().equals("ACTIVE")
                && contains(product.path("publications"), Places.ONLINE_STORE);
    }

    static boolean contains(JsonNode list, String text) {
        for (JsonNode one : list) {
            if (one.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }

    String status(JsonNode media) {
        long age = System.currentTimeMillis() - media.path("created_ms").asLong();
        long takes = settings.number("media_ms", 800);
        if (age < takes) {
            return age < takes / 4 ? "UPLOADED" : "PROCESSING";
        }
        return media.path("error").asText().isEmpty() ? "READY" : "FAILED";
    }

    private Map<String, Object> price(JsonNode product) {
        BigDecimal least = null;
        for (JsonNode variant : product.path("variants")) {
            BigDecimal price = new BigDecimal(variant.path("price").asText("0.00"));
            least = least == null ? price : least.min(price);
        }
        String amount = least == null ? "0.0" : least.stripTrailingZeros().toPlainString();
        return Map.of("amount", amount.contains(".") ? amount : amount + ".0", "currencyCode", currency());
    }

    String currency() {
        return settings.text("currency", "USD");
    }

    private Map<String, Object> media(JsonNode media) {
        String status = status(media);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("__typename", "MediaImage");
        view.put("id", media.path("id").asText());
        view.put("alt", media.path("alt").asText());
        view.put("status", status);
        view.put(
                "mediaErrors",
                status.equals("FAILED") ? List.of(error(media.path("error").asText())) : List.of());
        // no address until it is ready
        view.put(
                "image",
                status.equals("READY")
                        ? Map.of(
                                "url",
                                base + "/cdn/" + media.path("name").asText() + "?v="
                                        + media.path("created_ms").asLong() / 1000)
                        : null);
        return view;
    }

    private static Map<String, Object> error(String code) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", "The image could not be read");
        error.put("details", null);
        return error;
    }

    private Map<String, Object> variant(JsonNode variant) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("__typename", "ProductVariant");
        view.put("id", variant.path("id").asText());
        view.put("sku", variant.path("sku").isTextual() ? variant.path("sku").asText() : null);
        view.put("price", variant.path("price").asText());
        view.put(
                "compareAtPrice",
                variant.path("compareAtPrice").isTextual()
                        ? variant.path("compareAtPrice").asText()
                        : null);
        view.put("media", connection(variant.path("media"), id -> Map.of("id", id.asText())));
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("id", variant.path("item").asText());
        item.put("inventoryLevel", (Function<Map<String, Object>, @Nullable Object>)
                args -> level(variant, String.valueOf(args.get("locationId"))));
        view.put("inventoryItem", item);
        return view;
    }

    private static @Nullable Object level(JsonNode variant, String location) {
        JsonNode quantity = variant.path("levels").path(location);
        return quantity.isMissingNode()
                ? null
                : Map.of("quantities", (Function<Map<String, Object>, Object>)
                        args -> List.of(Map.of("name", "available", "quantity", quantity.asInt())));
    }

    static Function<Map<String, Object>, Object> connection(
            JsonNode all, Function<JsonNode, Map<String, Object>> view) {
        return args -> {
            int first = args.get("first") instanceof Number number ? number.intValue() : 0;
            if (first < 1 || first > 250) {
                throw new Refusal("BAD_REQUEST", "you must provide one of first or last, at most 250");
            }
            int from = 0;
            if (args.get("after") instanceof String cursor) {
                from = Integer.parseInt(new String(
                        java.util.Base64.getDecoder().decode(cursor), java.nio.charset.StandardCharsets.US_ASCII));
            }
            List<Object> nodes = new ArrayList<>();
            for (int i = from; i < Math.min(all.size(), from + first); i++) {
                nodes.add(view.apply(all.get(i)));
            }
            Map<String, Object> info = new LinkedHashMap<>();
            info.put("hasNextPage", from + first < all.size());
            info.put(
                    "endCursor",
                    nodes.isEmpty()
                            ? null
                            : java.util.Base64.getEncoder()
                                    .encodeToString(String.valueOf(from + nodes.size())
                                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            return Map.of("nodes", nodes, "pageInfo", info);
        };
    }

    private static String time(JsonNode ms) {
        return Instant.ofEpochSecond(ms.asLong() / 1000).toString();
    }
}

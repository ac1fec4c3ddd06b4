package io.caravan.hub.connectors.printify;

import io.caravan.hub.model.Checks;
import io.caravan.hub.model.connection.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A new product as Printify takes it. */
final class ProductBody {

    private ProductBody() {}

    /**
     * @param catalogue offered variants, empty when the request or the settings name them
     * @param marker the tag by which the product is found again
     * @throws IllegalArgumentException naming the field or setting that is missing or wrong
     */
    static Map<String, Object> of(
            Map<String, Object> request, Map<String, Object> catalogue, Connection connection, String marker) {
        List<Long> ids = variants(request, connection, PrintifyJson.list(catalogue.get("variants")));
        long cents = cents(request);
        List<Object> tags = new ArrayList<>(PrintifyJson.list(request.get("tags")));
        tags.add(marker);
        Map<String, Object> product = new LinkedHashMap<>();
        product.put("title", Checks.text("title", PrintifyJson.text(request, "title"), 255));
        product.put("description", Checks.text("description", PrintifyJson.text(request, "description"), 10_000));
        product.put("blueprint_id", number(connection, "blueprintId"));
        product.put("print_provider_id", number(connection, "printProviderId"));
        product.put("variants", ids.stream().map(id -> variant(id, cents)).toList());
        product.put(
                "print_areas", List.of(Map.of("variant_ids", ids, "placeholders", List.of(area(request, connection)))));
        product.put("tags", tags);
        return product;
    }

    /** Those of the request, else of the settings, else of the catalogue. */
    static List<Long> variants(Map<String, Object> request, Connection connection, List<?> catalogue) {
        List<?> asked = PrintifyJson.list(request.get("variant_ids"));
        if (!asked.isEmpty()) {
            return asked.stream().map(id -> Long.valueOf(id.toString())).toList();
        }
        List<Long> set = Variants.ids(connection);
        return set.isEmpty()
                ? catalogue.stream()
                        .map(one -> PrintifyJson.number(PrintifyJson.map(one), "id"))
                        .toList()
                : set;
    }

    private static Map<String, Object> variant(long id, long cents) {
        Map<String, Object> variant = new LinkedHashMap<>();
        variant.put("id", id);
        variant.put("price", cents);
        variant.put("is_enabled", true);
        return variant;
    }

    private static Map<String, Object> area(Map<String, Object> request, Connection connection) {
        Map<String, Object> image = new LinkedHashMap<>();
        image.put("id", PrintifyJson.id("upload_id", PrintifyJson.text(request, "upload_id")));
        image.put("x", 0.5);
        image.put("y", 0.5);
        image.put("scale", request.get("scale") instanceof Number scale ? scale : 1);
        // whole degrees: a decimal is refused
        image.put("angle", 0);
        Map<String, Object> area = new LinkedHashMap<>();
        area.put("position", connection.settingOr("printAreaPosition", "front"));
        area.put("images", List.of(image));
        return area;
    }

    private static long cents(Map<String, Object> request) {
        Map<String, Object> price = PrintifyJson.map(request.get("price"));
        long minor = Math.max(PrintifyJson.number(price, "amount_minor"), PrintifyJson.number(price, "minor"));
        return Checks.within("price", minor, 1, 100_000_000);
    }

    private static long number(Connection connection, String setting) {
        String value = connection.setting(setting);
        if (!value.matches("[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException("setting " + setting + " must be a positive number");
        }
        return Long.parseLong(value);
    }
}

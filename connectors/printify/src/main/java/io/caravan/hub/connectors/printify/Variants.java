package io.caravan.hub.connectors.printify;

import io.caravan.hub.model.connection.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of a blueprint's variants are offered: the ids in setting {@code variantIds} ({@code 12124,12125}), else those
 * that fit setting {@code variantFilter} ({@code size=S|M|L;color=White}), else all.
 */
final class Variants {

    private Variants() {}

    static List<Long> ids(Connection connection) {
        return Arrays.stream(connection.settingOr("variantIds", "").split(","))
                .map(String::trim)
                .filter(id -> !id.isEmpty())
                .map(id -> {
                    if (!id.matches("[1-9][0-9]{0,17}")) {
                        throw new IllegalArgumentException("setting variantIds must be numbers with commas");
                    }
                    return Long.parseLong(id);
                })
                .toList();
    }

    /** Shape: in, the catalogue's variants; out, the offered ones as {@code {id, title, options, placeholders}}. */
    static List<Map<String, Object>> offered(List<?> catalogue, Connection connection) {
        List<Long> ids = ids(connection);
        Map<String, Set<String>> filter = filter(connection.settingOr("variantFilter", ""));
        List<Map<String, Object>> offered = new ArrayList<>();
        for (Object one : catalogue) {
            Map<String, Object> variant = PrintifyJson.map(one);
            boolean wanted = ids.isEmpty()
                    ? fits(PrintifyJson.map(variant.get("options")), filter)
                    : ids.contains(PrintifyJson.number(variant, "id"));
            if (wanted) {
                Map<String, Object> view = new LinkedHashMap<>();
                view.put("id", PrintifyJson.number(variant, "id"));
                view.put("title", PrintifyJson.text(variant, "title"));
                view.put("options", PrintifyJson.map(variant.get("options")));
                view.put("placeholders", PrintifyJson.list(variant.get("placeholders")));
                offered.add(view);
            }
        }
        if (offered.isEmpty()) {
            throw new IllegalArgumentException(
                    "settings variantIds and variantFilter leave none of the blueprint's variants");
        }
        return offered;
    }

    private static boolean fits(Map<String, Object> options, Map<String, Set<String>> filter) {
        return filter.entrySet().stream()
                .allMatch(one -> one.getValue()
                        .contains(PrintifyJson.text(options, one.getKey()).toLowerCase(Locale.ROOT)));
    }

    private static Map<String, Set<String>> filter(String setting) {
        Map<String, Set<String>> filter = new LinkedHashMap<>();
        for (String part : setting.split(";")) {
            String[] sides = part.split("=", 2);
            if (sides.length == 2) {
                filter.put(
                        sides[0].trim(),
                        Arrays.stream(sides[1].toLowerCase(Locale.ROOT).split("\\|"))
                                .map(String::trim)
                                .collect(Collectors.toSet()));
            }
        }
        return filter;
    }
}

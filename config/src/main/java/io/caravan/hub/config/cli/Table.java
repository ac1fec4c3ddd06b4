package io.caravan.hub.config.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** JSON as columns for people. */
final class Table {

    private static final int WIDEST = 60;

    private Table() {}

    static void rows(PrintWriter out, JsonNode items, List<String> fields) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(fields.stream()
                .map(field -> field.toUpperCase(Locale.ROOT).replace('_', ' '))
                .toList());
        items.forEach(item ->
                rows.add(fields.stream().map(field -> cell(item.path(field))).toList()));
        int[] widths = new int[fields.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
        if (items.isEmpty()) {
            out.println("(none)");
        }
    }

    static void object(PrintWriter out, JsonNode object) {
        object.properties().forEach(field -> {
            JsonNode value = field.getValue();
            out.println(field.getKey().replace('_', ' ') + ": "
                    + (value.isContainerNode() ? value.toPrettyString() : value.asText()));
        });
    }

    private static String cell(JsonNode value) {
        String text = value.isMissingNode() || value.isNull()
                ? "-"
                : value.isContainerNode() ? value.toString() : value.asText();
        return text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text;
    }
}

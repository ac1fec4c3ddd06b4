package io.caravan.hub.connectors.printify;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a product's variants differ in: the value ids of a variant mean something only through the product's options. */
final class Options {

    private record Value(String option, String title) {}

    private final Map<String, Value> values = new HashMap<>();

    private Options() {}

    static Options of(Map<String, Object> product) {
        Options options = new Options();
        for (Object one : PrintifyJson.list(product.get("options"))) {
            Map<String, Object> option = PrintifyJson.map(one);
            String name = name(PrintifyJson.text(option, "type"), PrintifyJson.text(option, "name"));
            for (Object value : PrintifyJson.list(option.get("values"))) {
                Map<String, Object> entry = PrintifyJson.map(value);
                options.values.put(PrintifyJson.text(entry, "id"), new Value(name, PrintifyJson.text(entry, "title")));
            }
        }
        return options;
    }

    /** Shape: in, a variant's value ids; out, {@code {Color: White, Size: M}} without what is not known. */
    Map<String, Object> of(List<?> ids) {
        Map<String, Object> said = new LinkedHashMap<>();
        for (Object id : ids) {
            Value value = values.get(String.valueOf(id));
            if (value != null && !value.option().isBlank() && !value.title().isBlank()) {
                said.put(value.option(), value.title());
            }
        }
        return said;
    }

    /** Printify names its options in the plural and gives the usual ones a type. */
    private static String name(String type, String name) {
        return switch (type) {
            case "color" -> "Color";
            case "size" -> "Size";
            default -> name.strip();
        };
    }
}

package io.caravan.hub.connectors.aliexpresspage;

import io.caravan.hub.connectors.aliexpresspage.Item.Property;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which values a SKU stands for. */
final class SkuValues {

    /** {@code 14:29#White;200007763:201336100#CHINA}: property, value and the seller's own name of it. */
    private static final Pattern PAIR = Pattern.compile("([0-9]+):([0-9]+)(?:#[^;]*)?");

    private SkuValues() {}

    /**
     * From the attribute text, else from the bare ids, which come in the order of the properties.
     *
     * @return property id to value id for each property; empty when it cannot be told
     */
    static Optional<Map<String, String>> of(String attr, String ids, List<Property> properties) {
        Map<String, String> told = new LinkedHashMap<>();
        Matcher pair = PAIR.matcher(attr);
        while (pair.find()) {
            told.put(pair.group(1), pair.group(2));
        }
        String[] bare = ids.isBlank() ? new String[0] : ids.split(",");
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < properties.size(); i++) {
            Property property = properties.get(i);
            String value = told.getOrDefault(property.id(), bare.length == properties.size() ? bare[i].strip() : "");
            if (property.values().stream().noneMatch(one -> one.id().equals(value))) {
                return Optional.empty();
            }
            values.put(property.id(), value);
        }
        return Optional.of(values);
    }
}

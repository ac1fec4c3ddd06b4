package io.caravan.hub.connectors.cjdropshipping;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a webhook of CJ says has changed, and nothing else. An update is partial: fields that did not change are null, and
 * {@code params.fields} names those that did. Nulls never reach {@link #changed}, so that whoever applies it cannot wipe
 * out what is known. Source: CJ's page of the webhook mechanism, read in November 2026.
 *
 * @param messageId the same for each attempt to deliver: the key to take it once
 * @param type {@code PRODUCT}, {@code VARIANT}, {@code STOCK}..., upper case
 * @param change what happened to it
 * @param productId {@code ""} when the message does not tell it
 * @param variantId {@code ""} when the message does not tell it
 * @param changed field to new value, under CJ's names, never null
 * @param unclear fields named as changed whose value is not in the message: ask CJ again
 * @param stock variant id to pieces over the warehouses that the message names, which may not be all of them
 */
public record CjUpdate(
        String messageId,
        String type,
        Change change,
        String productId,
        String variantId,
        Map<String, Object> changed,
        Set<String> unclear,
        Map<String, Long> stock) {

    /** What happened; a message that does not say is taken for an update, the smallest of them. */
    public enum Change {
        INSERT,
        UPDATE,
        DELETE
    }

    /** What of a product is concerned. */
    public enum Part {
        TEXT,
        PICTURES,
        PRICE,
        STOCK,
        AVAILABILITY,
        OPTIONS,
        WEIGHT,
        OTHER
    }

    private static final Set<String> IDS = Set.of("pid", "vid", "productId", "variantId", "fields");

    public CjUpdate {
        changed = Collections.unmodifiableMap(new LinkedHashMap<>(changed));
        unclear = Collections.unmodifiableSet(new LinkedHashSet<>(unclear));
        stock = Collections.unmodifiableMap(new LinkedHashMap<>(stock));
    }

    /**
     * Shape: in, the parsed body of the message.
     *
     * @throws IllegalArgumentException when it names no message or no type
     */
    public static CjUpdate of(Map<?, ?> message) {
        String id = CjJson.text(message, "messageId");
        String type = CjJson.text(message, "type").toUpperCase(Locale.ROOT);
        if (id.isEmpty() || type.isEmpty()) {
            throw new IllegalArgumentException("a message of CJ needs messageId and type");
        }
        Map<?, ?> params = CjJson.map(message.get("params"));
        Map<String, Long> stock = type.equals("STOCK") ? stock(params) : Map.of();
        Map<String, Object> changed = new LinkedHashMap<>();
        Set<String> unclear = new LinkedHashSet<>();
        if (stock.isEmpty()) {
            Change change = change(message);
            List<String> fields = change == Change.UPDATE ? CjJson.texts(params.get("fields")) : List.of();
            (fields.isEmpty() ? params.keySet().stream().map(String::valueOf).toList() : fields)
                    .stream().filter(field -> !IDS.contains(field)).forEach(field -> {
                        Object value = params.get(field);
                        if (value != null) {
                            changed.put(field, value);
                        } else if (!fields.isEmpty()) {
                            unclear.add(field);
                        }
                    });
        }
        return new CjUpdate(
                id,
                type,
                change(message),
                first(params, "pid", "productId"),
                stock.size() == 1 ? stock.keySet().iterator().next() : first(params, "vid", "variantId"),
                changed,
                unclear,
                stock);
    }

    /** What to look at: by what changed, what is unclear, and what was taken away. */
    public Set<Part> parts() {
        EnumSet<Part> parts = EnumSet.noneOf(Part.class);
        changed.keySet().forEach(field -> parts.add(part(field)));
        unclear.forEach(field -> parts.add(part(field)));
        if (!stock.isEmpty()) {
            parts.add(Part.STOCK);
        }
        if (change == Change.DELETE) {
            parts.add(type.equals("VARIANT") ? Part.OPTIONS : Part.AVAILABILITY);
        }
        return parts;
    }

    /** Whether it is sold, where the message tells: status 3 is, all others are not. */
    public Optional<Boolean> available() {
        if (change == Change.DELETE && type.equals("PRODUCT")) {
            return Optional.of(false);
        }
        Object status =
                changed.containsKey("productStatus") ? changed.get("productStatus") : changed.get("variantStatus");
        return Optional.ofNullable(status).map(value -> CjJson.plain(value).equals("3"));
    }

    private static Part part(String field) {
        String lower = field.toLowerCase(Locale.ROOT);
        if (lower.contains("price")) {
            return Part.PRICE;
        }
        if (lower.contains("image")) {
            return Part.PICTURES;
        }
        if (lower.contains("status")) {
            return Part.AVAILABILITY;
        }
        if (lower.contains("inventory") || lower.contains("stock") || lower.contains("storage")) {
            return Part.STOCK;
        }
        if (lower.contains("weight")) {
            return Part.WEIGHT;
        }
        if (lower.contains("name") && !lower.contains("category") || lower.contains("description")) {
            return Part.TEXT;
        }
        return lower.contains("key") || lower.contains("value") || lower.contains("property")
                ? Part.OPTIONS
                : Part.OTHER;
    }

    private static Change change(Map<?, ?> message) {
        try {
            return Change.valueOf(CjJson.text(message, "messageType").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Change.UPDATE;
        }
    }

    /** Params of a stock message are lists of warehouses under the variant's id; a flat one has the id inside. */
    private static Map<String, Long> stock(Map<?, ?> params) {
        Map<String, Long> stock = new LinkedHashMap<>();
        params.forEach((key, value) -> {
            for (Object one : CjJson.list(value)) {
                Map<?, ?> warehouse = CjJson.map(one);
                String vid = CjJson.text(warehouse, "vid");
                add(stock, vid.isEmpty() ? String.valueOf(key) : vid, warehouse);
            }
        });
        if (stock.isEmpty() && !CjJson.text(params, "vid").isEmpty()) {
            add(stock, CjJson.text(params, "vid"), params);
        }
        return stock;
    }

    private static void add(Map<String, Long> stock, String vid, Map<?, ?> warehouse) {
        String pieces = first(warehouse, "totalInventoryNum", "totalInventory", "storageNum");
        if (pieces.matches("[0-9]{1,15}")) {
            stock.merge(vid, Long.valueOf(pieces), Long::sum);
        }
    }

    private static String first(Map<?, ?> map, String... fields) {
        for (String field : fields) {
            if (CjJson.present(map.get(field))) {
                return CjJson.text(map, field);
            }
        }
        return "";
    }
}

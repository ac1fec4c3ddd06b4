package io.caravan.hub.connectors.woocommerce;

import io.caravan.hub.connectors.egress.VendorText;
import io.caravan.hub.model.VendorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tags by name. A product takes them by id only and ignores names without a word, so they are made first; a tag that
 * exists is refused with its id, which is as good.
 */
final class TagRun {

    private static final int BATCH = 100;

    /** Folded name to name. */
    private final Map<String, String> wanted = new LinkedHashMap<>();

    private final Map<String, Long> ids = new LinkedHashMap<>();
    private List<String> asked = List.of();

    TagRun(List<String> names) {
        names.forEach(name -> wanted.putIfAbsent(folded(name), name));
    }

    /** Whether there are tags whose id is not known yet. */
    boolean more(Map<String, Object> product) {
        WooCommerceJson.list(product.get("tags")).stream()
                .map(WooCommerceJson::map)
                .forEach(tag -> learn(WooCommerceJson.text(tag, "name"), WooCommerceJson.idOr(tag, "id")));
        return !ids.keySet().containsAll(wanted.keySet());
    }

    Map<String, Object> next() {
        asked = wanted.keySet().stream()
                .filter(name -> !ids.containsKey(name))
                .limit(BATCH)
                .toList();
        return Map.of(
                "create",
                asked.stream()
                        .map(name -> Map.of("name", wanted.getOrDefault(name, name)))
                        .toList());
    }

    /** @throws VendorException when a tag can neither be made nor found */
    void take(@org.jspecify.annotations.Nullable Object reply) {
        List<?> made = WooCommerceJson.list(WooCommerceJson.object(reply).get("create"));
        if (made.size() != asked.size()) {
            throw WooCommerceJson.unreadable("a batch with " + made.size() + " of " + asked.size() + " tags");
        }
        for (int i = 0; i < asked.size(); i++) {
            Map<String, Object> tag = WooCommerceJson.map(made.get(i));
            Map<String, Object> error = WooCommerceJson.map(tag.get("error"));
            String id = WooCommerceErrors.code(error).equals("term_exists")
                    ? WooCommerceJson.idOr(WooCommerceJson.map(error.get("data")), "resource_id")
                    : WooCommerceJson.idOr(tag, "id");
            if (id.isEmpty()) {
                throw WooCommerceErrors.item(error, "tag " + wanted.get(asked.get(i)));
            }
            ids.put(asked.get(i), Long.valueOf(id));
        }
    }

    boolean complete(Map<String, Object> product) {
        List<String> there = WooCommerceJson.list(product.get("tags")).stream()
                .map(WooCommerceJson::map)
                .map(tag -> WooCommerceJson.idOr(tag, "id"))
                .toList();
        return wanted.keySet().stream()
                .allMatch(name -> ids.containsKey(name) && there.contains(String.valueOf(ids.get(name))));
    }

    List<Map<String, Object>> ids() {
        List<Map<String, Object>> all = new ArrayList<>();
        ids.values().stream().distinct().forEach(id -> all.add(Map.of("id", id)));
        return all;
    }

    private void learn(String name, String id) {
        if (!id.isEmpty() && wanted.containsKey(folded(name))) {
            ids.putIfAbsent(folded(name), Long.valueOf(id));
        }
    }

    private static String folded(String name) {
        return VendorText.plain(name).toLowerCase(Locale.ROOT);
    }
}

package io.caravan.hub.connectors.aliexpresspage;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.model.supplier.Loss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of a reply is not carried: found by walking it, so that a field which the vendor adds is seen. */
final class Losses {

    private final Map<String, Loss> losses = new LinkedHashMap<>();

    void add(Loss loss) {
        losses.putIfAbsent(loss.field(), loss);
    }

    /**
     * Names every field that is neither carried nor on the way to one that is.
     *
     * @param carried paths, {@code []} for any element of a list
     */
    void walk(JsonNode data, Set<String> carried) {
        walk(data, "", carried);
    }

    List<Loss> all() {
        return new ArrayList<>(losses.values());
    }

    private void walk(JsonNode node, String path, Set<String> carried) {
        if (carried.contains(path)) {
            return;
        }
        boolean above = path.isEmpty()
                || carried.stream().anyMatch(one -> one.startsWith(path + ".") || one.startsWith(path + "["));
        if (!above) {
            if (!empty(node)) {
                String field = path.length() > 200 ? path.substring(0, 200) : path;
                losses.putIfAbsent(field, Loss.dropped(field, "the canonical form has no place for it"));
            }
        } else if (node.isArray()) {
            node.forEach(one -> walk(one, path + "[]", carried));
        } else {
            node.properties()
                    .forEach(field -> walk(
                            field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey(), carried));
        }
    }

    private static boolean empty(JsonNode node) {
        return node.isNull()
                || node.isMissingNode()
                || (node.isContainerNode() && node.isEmpty())
                || (node.isTextual() && node.asText().isBlank());
    }
}

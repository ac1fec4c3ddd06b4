package io.caravan.hub.config.store;

import io.caravan.hub.model.Checks;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ids in a work payload or request body. */
final class Item {

    private Item() {}

    /**
     * @throws IllegalArgumentException naming the member that is missing or no id: such a work item needs a person
     */
    static String id(@Nullable Map<String, ?> payload, String member) {
        Object value = payload == null ? null : payload.get(member);
        if (!(value instanceof String text)) {
            throw new IllegalArgumentException(member + ": is missing");
        }
        return Checks.id(member, text);
    }

    static int generation(Map<String, ?> payload) {
        return payload.get("generation") instanceof Number number ? number.intValue() : 1;
    }
}

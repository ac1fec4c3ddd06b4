package io.caravan.hub.connectors.egress;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers that a few bytes write and a gigabyte writes out: {@code 1e999999999} is good JSON, and its digits fill the memory. */
public final class Numbers {

    private static final int LARGEST_SCALE = 400;

    private Numbers() {}

    /** Whether every number of parsed JSON may be rounded, compared and written out. */
    public static boolean bounded(@Nullable Object json) {
        if (json instanceof Map<?, ?> map) {
            return map.values().stream().allMatch(Numbers::bounded);
        }
        if (json instanceof List<?> list) {
            return list.stream().allMatch(Numbers::bounded);
        }
        return !(json instanceof BigDecimal number) || bounded(number);
    }

    public static boolean bounded(BigDecimal number) {
        return Math.abs((long) number.scale()) <= LARGEST_SCALE;
    }
}

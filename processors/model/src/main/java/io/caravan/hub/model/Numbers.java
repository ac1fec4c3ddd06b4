package io.caravan.hub.model;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Numbers that a few bytes write and a gigabyte writes out: {@code 1e999999999} is good JSON, and its digits fill the memory. */
public final class Numbers {

    /** The smallest double has 324 decimals and a few digits more. */
    private static final int LARGEST_SCALE = 400;

    private Numbers() {}

    /** Whether every number of parsed JSON may be rounded, compared and written out. */
    public static boolean bounded(@Nullable Object json) {
        // without a call for each level: who nests deep is not to be helped by it
        Deque<Object> left = new ArrayDeque<>();
        left.push(Optional.ofNullable(json));
        while (!left.isEmpty()) {
            Object one = left.pop();
            if (one instanceof Optional<?> some && some.isPresent()) {
                left.push(some.get());
            } else if (one instanceof Map<?, ?> map) {
                map.values().forEach(value -> left.push(Optional.ofNullable(value)));
            } else if (one instanceof List<?> list) {
                list.forEach(value -> left.push(Optional.ofNullable(value)));
            } else if (one instanceof BigDecimal number && !bounded(number)) {
                return false;
            }
        }
        return true;
    }

    /** Whether this number may be. */
    public static boolean bounded(BigDecimal number) {
        return Math.abs((long) number.scale()) <= LARGEST_SCALE;
    }
}

package io.caravan.hub.config.start;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One thing that the hub looks at before it starts.
 *
 * @param everywhere refused under any profile; else in production alone
 * @param faults what is wrong and what to do, one text each; empty when nothing is
 */
record Check(String name, boolean everywhere, Function<Live, List<String>> faults) {

    static Check always(String name, Function<Live, List<String>> faults) {
        return new Check(name, true, faults);
    }

    static Check inProduction(String name, Function<Live, List<String>> faults) {
        return new Check(name, false, faults);
    }

    /** @param bad holds when the fault is there */
    static Check inProduction(String name, Predicate<Live> bad, String fault) {
        return inProduction(name, live -> bad.test(live) ? List.of(fault) : List.of());
    }
}

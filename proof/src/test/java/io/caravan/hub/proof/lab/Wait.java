package io.caravan.hub.proof.lab;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for something, and tells what there is to see when it does not come. */
public final class Wait {

    private Wait() {}

    /** @param seen is asked only when the time is over */
    public static void until(String what, Duration limit, Callable<Boolean> condition, Supplier<String> seen) {
        try {
            Awaitility.await(what)
                    .atMost(limit)
                    .pollInterval(Duration.ofMillis(100))
                    .until(condition);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + "\n" + seen.get(), e);
        }
    }
}

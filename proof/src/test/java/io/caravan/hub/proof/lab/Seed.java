package io.caravan.hub.proof.lab;

import java.util.Random;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** The numbers that a run's chances come from. A run that fails says how to have the same chances again. */
public final class Seed implements BeforeEachCallback, TestExecutionExceptionHandler {

    private static final String PROPERTY = "hub.seed";

    private final long value = Long.getLong(PROPERTY, System.nanoTime() & 0xffffff);
    private Random random = new Random(value);

    public long value() {
        return value;
    }

    public Random random() {
        return random;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        random = new Random(value);
        Proof.tell("%s seed %d", context.getDisplayName(), value);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
        if (failure instanceof org.opentest4j.TestAbortedException skipped) {
            throw skipped;
        }
        throw new AssertionError(failure.getMessage() + "\nreplay: " + command(context, value, Proof.LONG), failure);
    }

    static String command(ExtensionContext context, long seed, boolean isLong) {
        return "./mvnw -pl proof -am verify -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false -Dtest="
                + context.getRequiredTestClass().getSimpleName() + "#"
                + context.getRequiredTestMethod().getName() + " -D" + PROPERTY + "=" + seed
                + (isLong ? " -Pproof" : "");
    }
}

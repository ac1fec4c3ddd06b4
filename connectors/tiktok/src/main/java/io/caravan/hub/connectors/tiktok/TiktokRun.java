package io.caravan.hub.connectors.tiktok;

import io.caravan.hub.model.VendorException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A run of the actor that somebody waits for.
 *
 * @param root base URL with version
 * @param id the run's id, "" before it is known
 * @param going whether it still runs, and costs
 * @param looking whether nobody knows if it was started: it is looked for among the actor's newest runs
 * @param pause milliseconds to wait before asking again: Apify holds an answer until the run ends or its wait is over,
 *     and an answer that comes at once must not make us ask without end
 * @param stumbles failed questions in a row
 * @param doubt why its start is in doubt
 * @param deadlineNanos on the {@link System#nanoTime()} scale
 * @param startNanos just before the start was sent
 * @param askedNanos when the last question was sent
 */
public record TiktokRun(
        String root,
        String id,
        boolean going,
        boolean looking,
        long pause,
        int stumbles,
        @Nullable VendorException doubt,
        long deadlineNanos,
        long startNanos,
        long askedNanos) {

    /** Repetitions of a question about a run, or of a page of its dataset. */
    static final int REPETITIONS = 2;

    private static final Duration SHORTEST = Duration.ofMillis(500);

    static TiktokRun none(String root, Duration wait) {
        long now = System.nanoTime();
        return new TiktokRun(root, "", false, false, 0, 0, null, now + wait.toNanos(), now, now);
    }

    TiktokRun seen(String runId, boolean stillGoing, long now) {
        boolean atOnce = !id.isEmpty() && now - askedNanos < SHORTEST.toNanos();
        long next = atOnce ? SHORTEST.toMillis() : 0;
        return new TiktokRun(root, runId, stillGoing, false, next, 0, null, deadlineNanos, startNanos, now);
    }

    TiktokRun doubted(VendorException why) {
        return new TiktokRun(root, "", false, true, 0, 0, why, deadlineNanos, startNanos, askedNanos);
    }

    TiktokRun stumbled() {
        int all = stumbles + 1;
        return new TiktokRun(
                root, id, going, looking, pauseAfter(all), all, doubt, deadlineNanos, startNanos, askedNanos);
    }

    TiktokRun found() {
        return new TiktokRun(root, id, going, false, 0, 0, null, deadlineNanos, startNanos, askedNanos);
    }

    boolean overdue(long now) {
        return now - deadlineNanos >= 0;
    }

    /** Half a second, doubling, as Apify's document asks for. */
    static long pauseAfter(int stumbles) {
        return SHORTEST.toMillis() << Math.min(stumbles - 1, 6);
    }
}

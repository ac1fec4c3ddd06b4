package io.caravan.hub.connectors.tiktok;

import java.time.Duration;

/**
 * A run of the actor that somebody waits for.
 *
 * @param root base URL with version
 * @param id the run's id, "" before it is started
 * @param going whether it still runs, and costs
 * @param pause milliseconds to wait before asking again: Apify holds an answer until the run ends or its wait is over,
 *     and an answer that comes at once must not make us ask without end
 * @param deadlineNanos on the {@link System#nanoTime()} scale
 * @param askedNanos when the last question was sent
 */
public record TiktokRun(String root, String id, boolean going, long pause, long deadlineNanos, long askedNanos) {

    private static final Duration SHORTEST = Duration.ofMillis(500);

    static TiktokRun none(String root, Duration wait) {
        long now = System.nanoTime();
        return new TiktokRun(root, "", false, 0, now + wait.toNanos(), now);
    }

    TiktokRun seen(String runId, boolean stillGoing, long now) {
        boolean atOnce = !id.isEmpty() && now - askedNanos < SHORTEST.toNanos();
        return new TiktokRun(root, runId, stillGoing, atOnce ? SHORTEST.toMillis() : 0, deadlineNanos, now);
    }

    boolean overdue(long now) {
        return now - deadlineNanos >= 0;
    }
}

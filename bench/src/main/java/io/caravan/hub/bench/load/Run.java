package io.caravan.hub.bench.load;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What the generator saw of one run. Written by its thread, read after the run. */
public final class Run {

    private final Histogram latency = new Histogram(60_000_000L, 3);
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final BitSet accepted = new BitSet();
    private final Map<Integer, String> bodies = new TreeMap<>();
    private final long[] intendedAt;
    private long firstAt = Long.MAX_VALUE;
    private long lastAt;

    Run(int requests) {
        intendedAt = new long[requests];
    }

    /** @param at microseconds since 1970 at which the request should leave */
    void intended(int number, long at) {
        intendedAt[number] = at;
        firstAt = Math.min(firstAt, at);
    }

    void answered(int number, int status, long at, String body) {
        statuses.merge(status, 1, Integer::sum);
        latency.recordValue(Math.max(0, Math.min(60_000_000L, at - intendedAt[number])));
        if (status >= 200 && status < 300) {
            accepted.set(number);
            lastAt = Math.max(lastAt, at);
            if (!body.isEmpty()) {
                bodies.put(number, body);
            }
        }
    }

    /** Microseconds from the intended start to the end of the answer. */
    public Histogram latency() {
        return latency;
    }

    /** How often each status came; 0 for connections that ended without an answer. */
    public Map<Integer, Integer> statuses() {
        return statuses;
    }

    /** Numbers of the requests that were answered with 2xx. */
    public BitSet accepted() {
        return accepted;
    }

    public Map<Integer, String> bodies() {
        return bodies;
    }

    public long intendedAt(int number) {
        return intendedAt[number];
    }

    public long firstAt() {
        return firstAt;
    }

    /** Microseconds since 1970 of the last 2xx. */
    public long lastAt() {
        return lastAt;
    }

    /** Answers of 2xx a second. */
    public double rate() {
        return lastAt <= firstAt ? 0 : accepted.cardinality() * 1e6 / (lastAt - firstAt);
    }
}

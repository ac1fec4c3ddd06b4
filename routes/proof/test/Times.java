package io.caravan.hub.routes.proof;

import java.time.Duration;

/** Times of the matrices: the product's own, scaled down; each can be set by a system property of its name. */
final class Times {

    /** Longest wait for the next bytes of an answer. */
    static final long RESPONSE_MS = Long.getLong("hub.proof.response-ms", 1_500);
    /** The same for a sandbox that paints, which takes a busy machine seconds. */
    static final long PAINTING_MS = 5 * RESPONSE_MS;
    /** Added to it for the whole of a call. */
    static final long GRACE_MS = Long.getLong("hub.proof.grace-ms", 500);

    static final long CONNECT_MS = Long.getLong("hub.proof.connect-ms", 400);
    /** Factor on settle times; the shortest is then 5 s, and an effect may come {@link #LATE_MS} after the time-out. */
    static final double SETTLE = Double.parseDouble(System.getProperty("hub.proof.settle-scale", "0.06"));

    static final long LATE_MS = Long.getLong("hub.proof.late-ms", 500);
    /** How long look-ups do not show what is there. */
    static final long BLIND_MS = Long.getLong("hub.proof.blind-ms", 1_000);
    /** Largest answer that is taken. */
    static final long BODY = Long.getLong("hub.proof.body", 4L * 1024 * 1024);

    /** The wait of a 429. */
    static final long WAIT_S = 1;

    /** What no call may be over by. */
    static final Duration OVER = Duration.ofSeconds(10);

    private Times() {}
}

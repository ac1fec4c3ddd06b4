package io.caravan.hub.connectors.delivery.work;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What becomes of an item whose run ended with an exception. */
public sealed interface Verdict {

    /** Waits until a time of the database's clock; not a failure. */
    record Wait(Instant until, Suspended.AtGiveUp atGiveUp, String reason) implements Verdict {}

    /** Runs again after a while. */
    record Retry(Duration after, boolean counts, String reason) implements Verdict {}

    /** Waits for a person or a renewed connection. */
    record Park(@Nullable String vendor, String reason) implements Verdict {}

    /**
     * Becomes a dead letter.
     *
     * @param cause rejected, gone, invalid, unknown_outcome, attempts, expired
     */
    record Dead(String cause, Throwable why) implements Verdict {}
}

package io.caravan.hub.connectors.tiktok;

import io.caravan.hub.model.Checks;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/**
 * Follows a run of the actor through the exchange variable {@value #RUN}, a {@link TiktokRun}. What the run found is good
 * once it SUCCEEDED, and also when it TIMED-OUT: its rows are there and paid for.
 */
public final class RunWatch {

    static final String RUN = "tiktokRun";

    private static final Pattern ACTOR = Pattern.compile("[A-Za-z0-9_.-]+~[A-Za-z0-9_.-]+|[A-Za-z0-9]{17}");
    private static final Set<String> GOING = Set.of("READY", "RUNNING", "TIMING-OUT", "ABORTING");
    private static final Set<String> GOOD = Set.of("SUCCEEDED", "TIMED-OUT");

    private Duration wait = Duration.ofMinutes(4);

    /** Seconds until nobody waits for the run any more. */
    public void setWait(long seconds) {
        this.wait = Duration.ofSeconds(Checks.within("wait", seconds, 1, 3_600));
    }

    /**
     * Which actor is run.
     *
     * @throws IllegalArgumentException unless it is {@code user~actor} or an actor's id: with a slash the vendor knows no
     *     such path
     */
    public void setActor(String actor) {
        if (!ACTOR.matcher(actor).matches()) {
            throw new IllegalArgumentException(
                    "actor must read user~name (a tilde, no slash) or be an id of 17 characters, is '" + actor + "'");
        }
    }

    public void begin(Exchange exchange) {
        exchange.setVariable(RUN, TiktokRun.none(ApiRoot.of(exchange), wait));
    }

    /**
     * Shape: in, the parsed answer {@code {"data":{run}}}; out, the run as a Map.
     *
     * @throws VendorException of kind TRANSIENT when the run failed, was aborted, or is not done in time; in the last case
     *     the variable says that it is still going, and the Kamelet aborts it
     */
    public void follow(Exchange exchange) {
        Object answer = exchange.getMessage().getBody();
        if (!(answer instanceof Map<?, ?> body)
                || !(body.get("data") instanceof Map<?, ?> data)
                || !(data.get("id") instanceof String id)
                || !(data.get("status") instanceof String status)) {
            throw failure("unreadable", "answered without a run");
        }
        TiktokRun before = exchange.getVariable(RUN, TiktokRun.class);
        long now = System.nanoTime();
        boolean going = GOING.contains(status);
        exchange.setVariable(RUN, before.seen(Checks.id("run id", id), going, now));
        if (going && before.overdue(now)) {
            throw failure("run-not-finished", "the run is still " + status + " after " + wait.toSeconds() + " s");
        }
        if (!going && !GOOD.contains(status)) {
            throw failure("run-" + status.toLowerCase(Locale.ROOT), "the run ended as " + status);
        }
        exchange.getMessage().setBody(data);
    }

    /** Takes the variable away where it was set: a Kamelet works on a copy, whose removals its caller does not see. */
    public void finish(Exchange exchange) {
        exchange.removeVariable(RUN);
    }

    private static VendorException failure(String code, String message) {
        return new VendorException(ErrorKind.TRANSIENT, "tiktok", code, 0, message, "");
    }
}

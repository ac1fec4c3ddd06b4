package io.caravan.hub.connectors.tiktok;

import io.caravan.hub.model.Checks;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Follows a run of the actor through the exchange variable {@value #RUN}, a {@link TiktokRun}. What the run found is good
 * once it SUCCEEDED, and also when it TIMED-OUT: its rows are there and paid for.
 */
public final class RunWatch {

    static final String RUN = "tiktokRun";

    /** Codes after which nothing may be started again: the policy of reads knows them. */
    static final String UNREAD = "run-unread";

    static final String UNKNOWN = "run-unknown";

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
     * Looks at the answer to the start. Shape: in, the parsed answer or the failure; what is no run, or a failure after
     * which the run may go on all the same, puts the start in doubt.
     */
    public void started(Exchange exchange) {
        Object answer = exchange.getMessage().getBody();
        if (answer instanceof VendorException failure) {
            doubt(exchange, failure);
        } else if (run(answer) == null) {
            doubt(exchange, failure("unreadable", "answered without a run"));
        }
    }

    /**
     * Shape: in, the parsed list of the actor's newest runs, or the failure to get it; out, when ours is among them,
     * {@code {"data":{run}}}.
     *
     * @throws VendorException the start's own failure when the run is in no list, with the code {@value #UNKNOWN} when
     *     there is no list: then nothing may be started again
     */
    public void adopt(Exchange exchange) {
        Object answer = exchange.getMessage().getBody();
        TiktokRun before = exchange.getVariable(RUN, TiktokRun.class);
        VendorException doubt = Objects.requireNonNull(before.doubt(), "doubt");
        List<?> runs = answer instanceof Map<?, ?> body
                        && body.get("data") instanceof Map<?, ?> data
                        && data.get("items") instanceof List<?> items
                ? items
                : null;
        Duration ago = Duration.ofNanos(System.nanoTime() - before.startNanos());
        Optional<Map<?, ?>> ours = runs == null
                ? Optional.empty()
                : RunSearch.since(runs, ago, exchange.getMessage().getHeader("Date", String.class));
        if (ours.isPresent()) {
            exchange.setVariable(RUN, before.found());
            exchange.getMessage().setBody(Map.of("data", ours.get()));
            return;
        }
        TiktokRun next = before.stumbled();
        exchange.setVariable(RUN, next);
        if (next.stumbles() > TiktokRun.REPETITIONS) {
            throw runs == null ? unknown(doubt) : doubt;
        }
    }

    /**
     * Shape: in, the parsed answer {@code {"data":{run}}} or the failure to get it; out, the run as a Map. A question that
     * failed is repeated; the run stays as it was.
     *
     * @throws VendorException of kind TRANSIENT when the run failed, was aborted, is not done in time, or cannot be asked
     *     after; in the last two cases the variable says that it is still going, and the Kamelet aborts it
     */
    public void follow(Exchange exchange) {
        TiktokRun before = exchange.getVariable(RUN, TiktokRun.class);
        Object answer = exchange.getMessage().getBody();
        Map<?, ?> data = run(answer);
        long now = System.nanoTime();
        if (data == null) {
            stumble(exchange, before, answer);
            return;
        }
        String status = String.valueOf(data.get("status"));
        boolean going = GOING.contains(status);
        exchange.setVariable(RUN, before.seen(Checks.id("run id", String.valueOf(data.get("id"))), going, now));
        if (going && before.overdue(now)) {
            throw failure("run-not-finished", "the run is still " + status + " after " + wait.toSeconds() + " s");
        }
        if (!going && !GOOD.contains(status)) {
            throw failure("run-" + status.toLowerCase(Locale.ROOT), "the run ended as " + status);
        }
        exchange.getMessage().setBody(data);
    }

    private static void stumble(Exchange exchange, TiktokRun before, Object answer) {
        VendorException why =
                answer instanceof VendorException failure ? failure : failure("unreadable", "answered without a run");
        TiktokRun next = before.stumbled();
        exchange.setVariable(RUN, next);
        if (next.stumbles() > TiktokRun.REPETITIONS) {
            throw unread(why);
        }
    }

    /**
     * For the call that starts and waits in one: after a failure nobody knows whether its run goes on.
     *
     * @throws VendorException with the code {@value #UNKNOWN} when the body is a failure
     */
    public void known(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof VendorException failure) {
            throw unknown(failure);
        }
    }

    private static void doubt(Exchange exchange, VendorException why) {
        exchange.setVariable(RUN, exchange.getVariable(RUN, TiktokRun.class).doubted(why));
    }

    private static @Nullable Map<?, ?> run(@Nullable Object answer) {
        return answer instanceof Map<?, ?> body
                        && body.get("data") instanceof Map<?, ?> data
                        && data.get("id") instanceof String
                        && data.get("status") instanceof String
                ? data
                : null;
    }

    /** Takes the variable away where it was set: a Kamelet works on a copy, whose removals its caller does not see. */
    public void finish(Exchange exchange) {
        exchange.removeVariable(RUN);
    }

    /** The run, or its rows, cannot be read just now: to start another would be to pay twice. */
    static VendorException unread(VendorException why) {
        return again(UNREAD, why, "its run is started and cannot be read: ");
    }

    private static VendorException unknown(VendorException why) {
        return again(UNKNOWN, why, "nobody knows whether a run was started: ");
    }

    private static VendorException again(String code, VendorException why, String text) {
        return new VendorException(
                ErrorKind.TRANSIENT, "tiktok", code, why.status(), text + why.getMessage(), null, why.body(), why);
    }

    static VendorException failure(String code, String message) {
        return new VendorException(ErrorKind.TRANSIENT, "tiktok", code, 0, message, "");
    }
}

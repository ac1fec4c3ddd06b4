package io.caravan.hub.connectors.shopify;

import io.caravan.hub.model.delivery.VendorObject;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Several requests that make one change: each answer decides the next request. {@code shopify-steps-action} sends them,
 * so that these classes never see HTTP. A subclass asks with {@link #ask} and ends with {@link #done}.
 */
public abstract class Steps {

    private final LongSupplier nanos;
    private final long start;
    private final Duration budget;
    private @Nullable Object next;
    private @Nullable Consumer<Map<String, Object>> then;
    private @Nullable Object result;
    private long pause;
    private boolean again;

    /** @param budget how long it may go on; a vendor's slow work beyond that is left for another run */
    Steps(Duration budget, LongSupplier nanos) {
        this.budget = budget;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /** Whether there is another request. */
    public final boolean more() {
        return next != null;
    }

    /** A {@link GraphqlCall} or a {@link PictureUpload}. */
    public final Object next() {
        return Objects.requireNonNull(next, "next");
    }

    public final boolean upload() {
        return next instanceof PictureUpload;
    }

    /** Milliseconds to wait before the next request, 0 for most. */
    public final long pause() {
        return pause;
    }

    /**
     * The request was not run. When the time allows it, it is asked again after this wait: a run that gives up here asks all
     * its questions anew, and pays for them again.
     */
    final void await(Duration wait) {
        if (next != null && wait.compareTo(left()) < 0) {
            again = true;
            pause = wait.toMillis();
        }
    }

    /** Whether the request was not run and is asked again. */
    public final boolean again() {
        return again;
    }

    /** The answer to {@link #next}: the data of a GraphQL reply, empty for an upload. */
    final void take(Map<String, Object> answer) {
        if (again) {
            again = false;
            return;
        }
        Consumer<Map<String, Object>> taker = Objects.requireNonNull(then, "then");
        next = null;
        then = null;
        pause = 0;
        taker.accept(answer);
    }

    /** A {@link VendorObject} or a list of them. */
    public final Object result() {
        return Objects.requireNonNull(result, "result");
    }

    final void ask(GraphqlCall call, Consumer<Map<String, Object>> taker) {
        next = call;
        then = taker;
    }

    /** Asks again after a while about something that takes its time. */
    final void askLater(GraphqlCall call, Consumer<Map<String, Object>> taker) {
        pause = Math.max(20, Math.min(500, budget.toMillis() / 14));
        ask(call, taker);
    }

    final void send(PictureUpload upload, Runnable taker) {
        next = upload;
        then = answer -> taker.run();
    }

    final void done(Object value) {
        result = value;
    }

    final boolean late() {
        return left().compareTo(Duration.ZERO) <= 0;
    }

    private Duration left() {
        return budget.minusNanos(nanos.getAsLong() - start);
    }
}

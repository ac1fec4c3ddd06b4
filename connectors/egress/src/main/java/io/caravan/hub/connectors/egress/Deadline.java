package io.caravan.hub.connectors.egress;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecRuntime;

/**
 * Hangs up on a call that outlasts its time. A socket's own time-out begins anew with every byte, so that headers which
 * drip hold a worker for as long as the vendor likes; and a write to a vendor that does not read has none at all.
 */
final class Deadline {

    private static final ScheduledThreadPoolExecutor TIMER = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "hub-egress-deadline");
        thread.setDaemon(true);
        return thread;
    });

    static {
        TIMER.setRemoveOnCancelPolicy(true);
    }

    private final long atNanos;
    private final ScheduledFuture<?> end;

    private Deadline(ExecRuntime connection, Duration whole) {
        atNanos = System.nanoTime() + whole.toNanos();
        end = TIMER.schedule(connection::discardEndpoint, whole.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** @param whole from now until the answer must have ended */
    static Deadline of(ExecRuntime connection, Duration whole) {
        return new Deadline(connection, whole);
    }

    boolean over() {
        return System.nanoTime() - atNanos >= 0;
    }

    /** The call has ended. */
    void met() {
        end.cancel(false);
    }
}

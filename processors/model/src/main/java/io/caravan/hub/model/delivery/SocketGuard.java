package io.caravan.hub.model.delivery;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import org.jspecify.annotations.Nullable;

/**
 * The last check before bytes leave for a vendor. The delivery engine binds a lease's deadline (monotonic clock) to the
 * thread that runs a work item; whoever writes to a vendor's socket asks here first. A worker that was paused past its
 * lease stops here instead of repeating what the next owner of the lane already does.
 */
public final class SocketGuard {

    private static final ThreadLocal<@Nullable Guard> CURRENT = new ThreadLocal<>();

    private SocketGuard() {}

    /** What is asked before each write; throws to stop it. */
    @FunctionalInterface
    public interface Guard {
        /** Nanoseconds on the {@link System#nanoTime()} scale after which nothing may be sent. */
        long deadlineNanos();
    }

    public static void bind(Guard guard) {
        CURRENT.set(guard);
    }

    public static void clear() {
        CURRENT.remove();
    }

    /**
     * @throws VendorException of kind NOT_SENT, code {@code lease-expired}, when the thread's lease is over. Threads
     *     without a lease (reads on a schedule, tests) pass.
     */
    public static void beforeWrite(String vendor) {
        Guard guard = CURRENT.get();
        if (guard != null && System.nanoTime() - guard.deadlineNanos() >= 0) {
            throw new VendorException(
                    ErrorKind.NOT_SENT,
                    vendor,
                    "lease-expired",
                    0,
                    "not sent: this worker was held up past its lease and another may have taken over",
                    "");
        }
    }
}

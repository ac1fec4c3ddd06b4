package io.caravan.hub.connectors.media;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;

/** How much came and how long it took: a whole fetch has one, over all its redirects. */
final class Meter {

    private final MediaSettings settings;
    private final long start = System.nanoTime();
    private volatile long bytes;

    Meter(MediaSettings settings) {
        this.settings = settings;
    }

    /**
     * @throws VendorException REJECTED {@code too-large}, TRANSIENT {@code time-out}
     */
    void add(int count) {
        bytes += count;
        if (bytes > settings.maxBytes()) {
            throw tooLarge();
        }
        if (late()) {
            throw timeOut(null);
        }
    }

    VendorException tooLarge() {
        return Refusal.rejected("too-large", "the picture is larger than " + settings.maxBytes() + " bytes");
    }

    VendorException timeOut(@org.jspecify.annotations.Nullable Throwable cause) {
        return Refusal.of(
                ErrorKind.TRANSIENT,
                "time-out",
                0,
                "the picture did not come fast enough, " + bytes + " bytes",
                null,
                cause);
    }

    /** After the time of patience the average rate counts, so that neither silence nor dripping holds a thread. */
    boolean late() {
        long elapsed = System.nanoTime() - start;
        if (elapsed > settings.total().toNanos()) {
            return true;
        }
        long beyond = elapsed - settings.patience().toNanos();
        return beyond > 0 && bytes < settings.minRate() * (double) beyond / 1e9 + 1;
    }
}

package io.caravan.hub.connectors.media;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Failures in the hub's words. No message holds more of an address than its host: paths and queries may hold secrets. */
final class Refusal {

    static final String VENDOR = "media";

    private Refusal() {}

    static VendorException rejected(String code, String message) {
        return new VendorException(ErrorKind.REJECTED, VENDOR, code, 0, message, "");
    }

    static VendorException of(
            ErrorKind kind,
            String code,
            int status,
            String message,
            @Nullable Duration wait,
            @Nullable Throwable cause) {
        return new VendorException(kind, VENDOR, code, status, message, wait, "", cause);
    }
}

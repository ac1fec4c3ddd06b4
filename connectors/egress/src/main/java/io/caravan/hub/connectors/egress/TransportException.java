package io.caravan.hub.connectors.egress;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import org.jspecify.annotations.Nullable;

/** A failure below the vendor's answer. Known by its host until a step of a route says which vendor that is. */
final class TransportException extends VendorException {

    private static final long serialVersionUID = 1L;

    private final String text;

    TransportException(ErrorKind kind, String host, String code, String text, @Nullable Throwable cause) {
        super(kind, host, code, 0, text, null, "", cause);
        this.text = text;
    }

    /** The same failure as the vendor's, with the host that was called. */
    VendorException of(String vendor) {
        return new VendorException(kind(), vendor, code(), 0, text + " (" + vendor() + ")", null, "", getCause());
    }
}

package io.caravan.hub.model;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's failure in our words. The message is for an operator: what failed and what to do. {@link #body()} is the
 * vendor's own answer, cut to {@value #BODY_LIMIT} characters, already free of our credentials.
 */
public class VendorException extends RuntimeException {

    /** Longest vendor body that is kept, in characters. */
    public static final int BODY_LIMIT = 4_000;

    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final String vendor;
    private final String code;
    private final int status;
    private final @Nullable Duration retryAfter;
    private final String body;

    /**
     * @param code the vendor's own code ("insufficient_quota"), else one of ours ("time-out")
     * @param status HTTP status, 0 when there was no answer
     * @param retryAfter the wait that the vendor told, null when it told none
     */
    public VendorException(
            ErrorKind kind,
            String vendor,
            String code,
            int status,
            String message,
            @Nullable Duration retryAfter,
            String body,
            @Nullable Throwable cause) {
        super(vendor + ": " + message, cause);
        this.kind = kind;
        this.vendor = vendor;
        this.code = code;
        this.status = status;
        this.retryAfter = retryAfter;
        this.body = body.length() > BODY_LIMIT ? body.substring(0, BODY_LIMIT) : body;
    }

    public VendorException(ErrorKind kind, String vendor, String code, int status, String message, String body) {
        this(kind, vendor, code, status, message, null, body, null);
    }

    public ErrorKind kind() {
        return kind;
    }

    public String vendor() {
        return vendor;
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    public String body() {
        return body;
    }
}

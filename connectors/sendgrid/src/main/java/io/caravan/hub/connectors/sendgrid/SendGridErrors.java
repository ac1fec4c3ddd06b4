package io.caravan.hub.connectors.sendgrid;

import io.caravan.hub.connectors.egress.Reply;
import io.caravan.hub.connectors.egress.RetryAfter;
import io.caravan.hub.connectors.egress.VendorErrors;
import io.caravan.hub.model.ErrorKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * SendGrid has no codes, only sentences: {@code {"errors": [{message, field, help}]}}. Two of them mean more than their
 * status: a used-up plan comes as 401, an unverified sender as 403.
 */
public final class SendGridErrors extends VendorErrors {

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    public SendGridErrors() {
        super("sendgrid");
    }

    @Override
    protected Optional<Fault> read(Reply reply, @Nullable Object body) {
        if (reply.success()) {
            return Optional.empty();
        }
        String told = told(body);
        String text = told.toLowerCase(Locale.ROOT);
        if (text.contains("maximum credits exceeded")) {
            return Optional.of(
                    new Fault(ErrorKind.EXHAUSTED, "credits-exceeded", "the plan's mails are used up: " + told));
        }
        if (text.contains("verified sender identity")) {
            return Optional.of(new Fault(
                    ErrorKind.UNAUTHORISED,
                    "sender-not-verified",
                    "verify the sender of the connection's setting fromEmail at SendGrid: " + told));
        }
        if (told.isEmpty()) {
            return Optional.empty();
        }
        return kind(reply.status()).map(kind -> new Fault(kind, "http-" + reply.status(), told));
    }

    /** SendGrid tells when its window starts anew, in seconds since 1970 by its own clock, and no wait. */
    @Override
    protected Optional<Duration> retryAfter(Reply reply, @Nullable Object body) {
        return RetryAfter.of(reply)
                .or(() -> reply.status() == 429 ? untilReset(reply, RetryAfter.clock(reply)) : Optional.empty())
                .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    static Optional<Duration> untilReset(Reply reply, Instant now) {
        return reply.header("X-RateLimit-Reset")
                .filter(text -> text.matches("[0-9]{9,11}"))
                .map(text -> Duration.between(now, Instant.ofEpochSecond(Long.parseLong(text))))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    private static Optional<ErrorKind> kind(int status) {
        return switch (status) {
            case 400, 404, 405, 406, 413, 415, 422 -> Optional.of(ErrorKind.REJECTED);
            case 401, 403 -> Optional.of(ErrorKind.UNAUTHORISED);
            case 429 -> Optional.of(ErrorKind.RATE_LIMITED);
            default -> Optional.empty();
        };
    }

    /** {@code personalizations.0.to: Does not contain a valid address.; subject: ...}. */
    private static String told(@Nullable Object body) {
        if (!(body instanceof Map<?, ?> map) || !(map.get("errors") instanceof List<?> errors)) {
            return "";
        }
        return errors.stream()
                .filter(Map.class::isInstance)
                .map(error -> {
                    Object field = ((Map<?, ?>) error).get("field");
                    Object message = ((Map<?, ?>) error).get("message");
                    boolean named = field != null && !field.toString().isEmpty() && !field.equals("null");
                    return (named ? field + ": " : "") + (message == null ? "" : message);
                })
                .limit(5)
                .collect(Collectors.joining("; "));
    }
}

package io.caravan.hub.connectors.tiktok;

import io.caravan.hub.connectors.egress.Reply;
import io.caravan.hub.connectors.egress.VendorErrors;
import io.caravan.hub.model.ErrorKind;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Apify's {@code {"error":{"type","message"}}}. Its type says more than its status: 402 is both "pay" and "your other
 * runs use all the memory of your plan", and 400 both "bad request" and "the run failed".
 */
public final class TiktokErrors extends VendorErrors {

    private static final Map<String, ErrorKind> BY_TYPE = Map.ofEntries(
            Map.entry("not-enough-usage-to-run-paid-actor", ErrorKind.EXHAUSTED),
            Map.entry("monthly-usage-limit-too-low", ErrorKind.EXHAUSTED),
            Map.entry("apify-plan-required-to-use-paid-actor", ErrorKind.EXHAUSTED),
            Map.entry("actor-is-not-rented", ErrorKind.EXHAUSTED),
            Map.entry("failed-to-charge-user", ErrorKind.EXHAUSTED),
            Map.entry("no-payment-method-available", ErrorKind.EXHAUSTED),
            Map.entry("actor-memory-limit-exceeded", ErrorKind.RATE_LIMITED),
            Map.entry("concurrent-runs-limit-exceeded", ErrorKind.RATE_LIMITED),
            Map.entry("rate-limit-exceeded", ErrorKind.RATE_LIMITED),
            Map.entry("run-timeout-exceeded", ErrorKind.TRANSIENT),
            Map.entry("run-failed", ErrorKind.TRANSIENT),
            Map.entry("actor-run-failed", ErrorKind.TRANSIENT),
            Map.entry("user-or-token-not-found", ErrorKind.UNAUTHORISED),
            Map.entry("token-not-provided", ErrorKind.UNAUTHORISED),
            Map.entry("actor-not-found", ErrorKind.GONE),
            Map.entry("actor-disabled", ErrorKind.GONE),
            Map.entry("public-actor-disabled", ErrorKind.GONE));

    public TiktokErrors() {
        super("tiktok");
    }

    @Override
    protected Optional<Fault> read(Reply reply, @Nullable Object body) {
        if (reply.success()
                || !(body instanceof Map<?, ?> map)
                || !(map.get("error") instanceof Map<?, ?> error)
                || !(error.get("type") instanceof String type)) {
            return Optional.empty();
        }
        ErrorKind kind = Optional.ofNullable(BY_TYPE.get(type)).orElseGet(() -> byStatus(reply.status()));
        return Optional.of(new Fault(kind, type, type + ": " + error.get("message")));
    }

    private static ErrorKind byStatus(int status) {
        return switch (status) {
            case 401, 403 -> ErrorKind.UNAUTHORISED;
            case 402 -> ErrorKind.EXHAUSTED;
            case 404, 410 -> ErrorKind.GONE;
            case 408 -> ErrorKind.TRANSIENT;
            case 429 -> ErrorKind.RATE_LIMITED;
            default -> status >= 500 ? ErrorKind.TRANSIENT : ErrorKind.REJECTED;
        };
    }
}

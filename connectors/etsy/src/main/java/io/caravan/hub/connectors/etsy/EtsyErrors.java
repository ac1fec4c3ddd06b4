package io.caravan.hub.connectors.etsy;

import io.caravan.hub.connectors.egress.Reply;
import io.caravan.hub.connectors.egress.VendorErrors;
import io.caravan.hub.model.ErrorKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Etsy has no machine codes. Its refusals are {@code {"error": text}}, with {@code error_description} at the token
 * endpoint, or a bare array of {@code {path, type, message}}; what they mean is in the status and the text.
 */
public final class EtsyErrors extends VendorErrors {

    public EtsyErrors() {
        super("etsy");
    }

    @Override
    protected Optional<Fault> read(Reply reply, @Nullable Object body) {
        if (reply.success()) {
            return Optional.empty();
        }
        String said = said(body);
        String lower = said.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(
                switch (reply.status()) {
                    case 400 ->
                        lower.contains("invalid_grant")
                                ? new Fault(
                                        ErrorKind.UNAUTHORISED,
                                        "invalid_grant",
                                        "the refresh token is dead, the shop has to be connected again: " + said)
                                : new Fault(ErrorKind.REJECTED, code(body), "refused the request: " + said);
                    case 401 -> expired(lower, said);
                    case 403 -> forbidden(lower, said);
                    case 409 ->
                        new Fault(
                                ErrorKind.TRANSIENT,
                                "conflict",
                                "another change of the same object was under way: " + said);
                    case 413, 422 -> new Fault(ErrorKind.REJECTED, code(body), "refused the request: " + said);
                    case 429 -> limit(reply, said);
                    default -> null;
                });
    }

    private static Fault expired(String lower, String said) {
        return lower.contains("expired") || lower.contains("invalid_token")
                ? new Fault(ErrorKind.UNAUTHORISED, "invalid_token", "the access token is expired or revoked: " + said)
                : new Fault(ErrorKind.UNAUTHORISED, "http-401", "refused the credential: " + said);
    }

    private static Fault forbidden(String lower, String said) {
        if (lower.contains("shared secret")) {
            return new Fault(
                    ErrorKind.UNAUTHORISED,
                    "shared-secret-missing",
                    "wants x-api-key as keystring:sharedSecret, check the connection's credential sharedSecret: "
                            + said);
        }
        if (lower.contains("scope")) {
            return new Fault(
                    ErrorKind.UNAUTHORISED,
                    "insufficient_scope",
                    "the token lacks a scope, connect the shop again: " + said);
        }
        return new Fault(ErrorKind.UNAUTHORISED, "http-403", "does not allow it with this credential: " + said);
    }

    private static Fault limit(Reply reply, String said) {
        boolean day = reply.header("x-remaining-today")
                .map(left -> left.trim().matches("0+(\\.0+)?"))
                .orElse(false);
        return day
                ? new Fault(
                        ErrorKind.RATE_LIMITED, "daily-limit", "the calls of the last 24 hours are used up: " + said)
                : new Fault(ErrorKind.RATE_LIMITED, "second-limit", "asks to slow down: " + said);
    }

    private static String code(@Nullable Object body) {
        if (body instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map<?, ?> first) {
            Object type = first.get("type");
            return type == null ? "http-400" : type.toString();
        }
        return "http-400";
    }

    /** The vendor's own words, in one line. */
    private static String said(@Nullable Object body) {
        if (body instanceof Map<?, ?> map) {
            Object more = map.get("error_description");
            return map.get("error") + (more == null ? "" : ": " + more);
        }
        if (body instanceof List<?> list) {
            return list.stream()
                    .map(one -> one instanceof Map<?, ?> map ? map.get("path") + " " + map.get("message") : "" + one)
                    .collect(Collectors.joining("; "));
        }
        return "no reason given";
    }
}

package io.caravan.hub.config.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The one body of every refusal: RFC 9457 with {@code code}, {@code message}, {@code details} and {@code request_id}
 * beside it.
 *
 * @param code kebab case, stable
 * @param detail one sentence: what is wrong and, where it can be said, what to do
 * @param details facts for a program, JSON-compatible
 * @param retryAfter null where waiting does not help
 */
public record Problem(
        int status,
        String code,
        String detail,
        Map<String, Object> details,
        @Nullable Duration retryAfter) {

    /** As the contract says. */
    private static final int LONGEST_INSTANCE = 2_000;

    private static final int LONGEST_DETAIL = 4_000;

    public static final String MEDIA_TYPE = "application/problem+json";
    private static final String TYPES = "urn:caravan:problem:";

    public static Problem of(int status, String code, String detail) {
        return of(status, code, detail, Map.of(), null);
    }

    public static Problem of(
            int status, String code, String detail, Map<String, ?> details, @Nullable Duration retryAfter) {
        return new Problem(status, code, detail, new LinkedHashMap<>(details), retryAfter);
    }

    /** What is said when there is nothing but a status. */
    public static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> of(400, "bad-request", "the request cannot be read");
            case 401 ->
                of(
                        401,
                        "unauthorized",
                        "send an API key: Authorization: Bearer hub_...; this one is missing, unknown or revoked");
            case 403 -> of(403, "forbidden", "the API key's role does not allow this");
            case 404 -> of(404, "not-found", "there is nothing under this address");
            case 405 -> of(405, "method-not-allowed", "this address does not know the method");
            case 406 -> of(406, "not-acceptable", "only application/json can be answered here");
            case 409 -> of(409, "conflict", "the object is not in a state that allows this");
            case 413 -> of(413, "too-large", "the body is larger than allowed");
            case 415 -> of(415, "unsupported-media-type", "send Content-Type: application/json");
            case 422 -> of(422, "unprocessable", "the request was understood but cannot be carried out");
            case 429 -> of(429, "rate-limited", "too many requests");
            case 503 -> of(503, "unavailable", "not ready for requests just now");
            default ->
                status >= 500
                        ? of(status, "internal-error", "something went wrong here; the request id leads to the log")
                        : of(status, "refused", "the request was refused");
        };
    }

    /** Members in the order in which they are written. */
    Map<String, Object> body(String instance, String requestId) {
        Map<String, Object> body = new LinkedHashMap<>();
        HttpStatus known = HttpStatus.resolve(status);
        body.put("type", TYPES + code);
        body.put("title", known == null ? "Refused" : known.getReasonPhrase());
        body.put("status", status);
        String said = cut(detail, LONGEST_DETAIL);
        body.put("detail", said);
        body.put("instance", cut(instance, LONGEST_INSTANCE));
        body.put("code", code);
        body.put("message", said);
        body.put("details", details);
        body.put("request_id", requestId);
        if (details.get("upgrade_url") instanceof String upgrade) {
            body.put("upgrade_url", upgrade);
        }
        return body;
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    /** Whole seconds, at least 1. */
    @Nullable
    String retryAfterSeconds() {
        return retryAfter == null ? null : String.valueOf(Math.max(1, (retryAfter.toMillis() + 999) / 1000));
    }
}

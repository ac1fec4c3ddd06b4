package io.caravan.hub.connectors.openai;

import io.caravan.hub.connectors.egress.Reply;
import io.caravan.hub.connectors.egress.RetryAfter;
import io.caravan.hub.connectors.egress.VendorErrors;
import io.caravan.hub.model.ErrorKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI says what went wrong in {@code error.code} and {@code error.type}; its status says less: 429 is a rate limit or
 * an empty purse, a wrong model is 404 at one path and 400 at another, and a 200 may hold a failure.
 */
public final class OpenAiErrors extends VendorErrors {

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final Pattern TRY_AGAIN = Pattern.compile("try again in ([0-9][0-9.a-z]*[a-z])");
    private static final Pattern KEY = Pattern.compile("(?i)(api key provided:? ?)\\S+");
    private static final Pattern IDENTITY = Pattern.compile("\\b(org|user|proj)([-_])[A-Za-z0-9_-]{4,}");

    private static final Map<String, ErrorKind> CODES = Map.ofEntries(
            Map.entry("insufficient_quota", ErrorKind.EXHAUSTED),
            Map.entry("billing_hard_limit_reached", ErrorKind.EXHAUSTED),
            Map.entry("billing_not_active", ErrorKind.EXHAUSTED),
            Map.entry("rate_limit_exceeded", ErrorKind.RATE_LIMITED),
            Map.entry("slow_down", ErrorKind.RATE_LIMITED),
            Map.entry("invalid_api_key", ErrorKind.UNAUTHORISED),
            Map.entry("invalid_organization", ErrorKind.UNAUTHORISED),
            Map.entry("account_deactivated", ErrorKind.UNAUTHORISED),
            Map.entry("unsupported_country_region_territory", ErrorKind.UNAUTHORISED),
            Map.entry("model_not_found", ErrorKind.REJECTED),
            Map.entry("context_length_exceeded", ErrorKind.REJECTED),
            Map.entry("moderation_blocked", ErrorKind.REJECTED),
            Map.entry("content_policy_violation", ErrorKind.REJECTED),
            Map.entry("bio_policy", ErrorKind.REJECTED),
            Map.entry("data_residency_mismatch", ErrorKind.REJECTED),
            Map.entry("image_generation_user_error", ErrorKind.REJECTED),
            Map.entry("server_error", ErrorKind.TRANSIENT),
            Map.entry("overloaded", ErrorKind.TRANSIENT),
            Map.entry("overloaded_error", ErrorKind.TRANSIENT),
            Map.entry("engine_overloaded", ErrorKind.TRANSIENT),
            Map.entry("vector_store_timeout", ErrorKind.TRANSIENT));

    /** Beginnings of codes that speak of this request's content; there are dozens and new ones come. */
    private static final List<String> REJECTED_PREFIXES = List.of(
            "unsupported_",
            "invalid_",
            "unknown_",
            "missing_",
            "decimal_",
            "integer_",
            "string_",
            "array_",
            "image_",
            "failed_to_download_");

    public OpenAiErrors() {
        super("openai");
    }

    @Override
    protected Optional<Fault> read(Reply reply, @Nullable Object body) {
        if (!(body instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        boolean failed = !reply.success() || "failed".equals(map.get("status"));
        if (!(map.get("error") instanceof Map<?, ?> error)) {
            return failed && reply.success()
                    ? Optional.of(new Fault(ErrorKind.TRANSIENT, "failed", "answered 200 with status failed"))
                    : Optional.empty();
        }
        String code = text(error.get("code"));
        String type = text(error.get("type"));
        String named = code.isEmpty() ? type : code;
        return kind(reply.status(), code, type)
                .map(kind -> new Fault(kind, named.isEmpty() ? "http-" + reply.status() : named, told(named, error)));
    }

    /** A 429 often tells its wait in its text alone, else in the header that says when the window that is empty fills up. */
    @Override
    protected Optional<Duration> retryAfter(Reply reply, @Nullable Object body) {
        if (reply.status() != 429 && reply.status() != 503) {
            return Optional.empty();
        }
        return RetryAfter.of(reply)
                .or(() -> {
                    Matcher told = TRY_AGAIN.matcher(reply.text());
                    return told.find() ? Durations.parse(told.group(1)) : Optional.empty();
                })
                .or(() -> window(reply, "requests").or(() -> window(reply, "tokens")))
                .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    @Override
    protected String clean(String text) {
        return IDENTITY.matcher(KEY.matcher(text).replaceAll("$1***")).replaceAll("$1$2***");
    }

    private static Optional<ErrorKind> kind(int status, String code, String type) {
        ErrorKind known = CODES.getOrDefault(code, CODES.get(type));
        if (known != null) {
            return Optional.of(known);
        }
        if (REJECTED_PREFIXES.stream().anyMatch(code::startsWith)) {
            return Optional.of(ErrorKind.REJECTED);
        }
        return switch (status) {
            case 401, 403 -> Optional.of(ErrorKind.UNAUTHORISED);
            case 409 -> Optional.of(ErrorKind.TRANSIENT);
            case 429 -> Optional.of(ErrorKind.RATE_LIMITED);
            default -> status < 500 ? Optional.of(ErrorKind.REJECTED) : Optional.of(ErrorKind.TRANSIENT);
        };
    }

    private static String told(String code, Map<?, ?> error) {
        String message = text(error.get("message"));
        String shown = message.length() > 500 ? message.substring(0, 500) : message;
        String advice = switch (code) {
            case "insufficient_quota" -> "its prepaid credit or monthly budget is used up: top it up at OpenAI; ";
            case "model_not_found" ->
                "the model is retired or not open to this key: set chatModel or imageModel of the connection; ";
            default -> "";
        };
        return advice + (shown.isEmpty() ? "refused with code " + code : shown);
    }

    private static Optional<Duration> window(Reply reply, String what) {
        return reply.header("x-ratelimit-remaining-" + what)
                .filter("0"::equals)
                .flatMap(none -> reply.header("x-ratelimit-reset-" + what))
                .flatMap(Durations::parse);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}

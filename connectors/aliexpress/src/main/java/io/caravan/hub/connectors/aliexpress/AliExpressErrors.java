package io.caravan.hub.connectors.aliexpress;

import io.caravan.hub.connectors.egress.Reply;
import io.caravan.hub.connectors.egress.VendorErrors;
import io.caravan.hub.model.ErrorKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Every refusal comes under status 200: as {@code error_response} of business calls, bare at system calls. The code is a
 * word, or the number that the old platform had for it with the word in {@code msg}.
 */
public final class AliExpressErrors extends VendorErrors {

    private static final Map<String, String> NUMBERS = Map.ofEntries(
            Map.entry("7", "ApiCallLimit"),
            Map.entry("11", "InsufficientPermission"),
            Map.entry("15", "InsufficientPermission"),
            Map.entry("24", "IncompleteSignature"),
            Map.entry("25", "IncompleteSignature"),
            Map.entry("26", "IllegalAccessToken"),
            Map.entry("27", "IllegalAccessToken"),
            Map.entry("28", "InvalidAppKey"),
            Map.entry("29", "InvalidAppKey"),
            Map.entry("30", "InvalidTimestamp"),
            Map.entry("31", "InvalidTimestamp"),
            Map.entry("40", "MissingParameter"),
            Map.entry("41", "InvalidParameter"));

    private static final Pattern WAIT = Pattern.compile(
            "(?:last|wait|after|in)\\s+(?:for\\s+)?([0-9]{1,6})\\s*(?:more\\s+)?(ms|milli|s|min|h)",
            Pattern.CASE_INSENSITIVE);
    private static final Duration LONGEST = Duration.ofHours(24);

    /** Nothing of our request's system parameters, however the vendor echoes them. */
    private static final Pattern ECHO = Pattern.compile(
            "\\b(sign|session|access_token|refresh_token)(\\\\?\"?\\s*[=:]\\s*\\\\?\"?)([0-9A-Za-z_.-]{20,})");

    public AliExpressErrors() {
        super("aliexpress");
    }

    @Override
    protected Optional<Fault> read(Reply reply, @Nullable Object body) {
        return error(body).map(AliExpressErrors::fault);
    }

    @Override
    protected Optional<Duration> retryAfter(Reply reply, @Nullable Object body) {
        return error(body).flatMap(error -> told(said(error))).or(() -> super.retryAfter(reply, body));
    }

    @Override
    protected String clean(String text) {
        return ECHO.matcher(text).replaceAll("$1$2***");
    }

    private static Fault fault(Map<?, ?> error) {
        String name = name(error);
        String said = said(error);
        return switch (name) {
            case "IllegalAccessToken" ->
                new Fault(ErrorKind.UNAUTHORISED, name, "the access token is invalid or expired: " + said);
            case "IllegalRefreshToken" ->
                new Fault(
                        ErrorKind.UNAUTHORISED,
                        name,
                        "the refresh token is dead, a person has to connect the account again: " + said);
            case "IncompleteSignature" ->
                new Fault(
                        ErrorKind.UNAUTHORISED,
                        name,
                        "does not accept our signature, check the connection's appKey and appSecret: " + said);
            case "InvalidAppKey" ->
                new Fault(ErrorKind.UNAUTHORISED, name, "does not know the connection's appKey: " + said);
            case "InvalidTimestamp" ->
                new Fault(
                        ErrorKind.TRANSIENT,
                        name,
                        "finds our timestamp too far from its own: check that the clock of this machine is right (NTP): "
                                + said);
            case "ApiCallLimit", "FlowControlLimited" ->
                new Fault(ErrorKind.RATE_LIMITED, name, "asks to slow down: " + said);
            case "InsufficientPermission" ->
                // renewing the token cannot help, and another way to the product may: not a matter of the credential
                new Fault(
                        ErrorKind.REJECTED,
                        name,
                        "the app may not do this: it lacks the permission group of dropshipping, or the product is not"
                                + " open to it: " + said);
            default -> byOrigin(name, error, said);
        };
    }

    /** {@code isp} is their side, {@code isv} ours. */
    private static Fault byOrigin(String name, Map<?, ?> error, String said) {
        String origin = (AliExpressReply.text(error, "sub_code") + "|" + AliExpressReply.text(error, "type"))
                .toLowerCase(Locale.ROOT);
        boolean theirs = origin.startsWith("isp.") || origin.matches("[^|]*\\|(isp|system)");
        return theirs
                ? new Fault(ErrorKind.TRANSIENT, name, "failed on its side: " + said)
                : new Fault(ErrorKind.REJECTED, name, "refused the request: " + said);
    }

    private static String name(Map<?, ?> error) {
        String code = AliExpressReply.text(error, "code");
        String msg = AliExpressReply.text(error, "msg");
        if (!code.matches("[0-9]+")) {
            return code;
        }
        if (msg.matches("[A-Z][A-Za-z]+")) {
            return msg;
        }
        // of the old platform: 15 with this text only says that the cause is in sub_code
        boolean remote = code.equals("15") && msg.toLowerCase(Locale.ROOT).startsWith("remote service");
        return remote ? AliExpressReply.text(error, "sub_code") : NUMBERS.getOrDefault(code, code);
    }

    private static String said(Map<?, ?> error) {
        String msg = AliExpressReply.text(error, "msg") + AliExpressReply.text(error, "message");
        String more = AliExpressReply.text(error, "sub_msg");
        return more.isEmpty() ? msg : msg + " (" + more + ")";
    }

    private static Optional<Map<?, ?>> error(@Nullable Object body) {
        Map<?, ?> map = AliExpressReply.map(body);
        if (map.get("error_response") instanceof Map<?, ?> error) {
            return Optional.of(error);
        }
        String code = AliExpressReply.text(map, "code");
        boolean bare =
                !code.isEmpty() && !code.matches("0+|200") && (map.containsKey("message") || map.containsKey("type"));
        return bare ? Optional.of(map) : Optional.empty();
    }

    private static Optional<Duration> told(String text) {
        Matcher wait = WAIT.matcher(text);
        if (!wait.find()) {
            return Optional.empty();
        }
        long count = Long.parseLong(wait.group(1));
        Duration told = switch (wait.group(2).toLowerCase(Locale.ROOT)) {
            case "ms", "milli" -> Duration.ofMillis(count);
            case "min" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofSeconds(count);
        };
        return Optional.of(told.compareTo(LONGEST) > 0 ? LONGEST : told);
    }
}

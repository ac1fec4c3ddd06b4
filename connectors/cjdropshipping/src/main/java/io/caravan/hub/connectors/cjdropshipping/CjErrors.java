package io.caravan.hub.connectors.cjdropshipping;

import io.caravan.hub.connectors.egress.Reply;
import io.caravan.hub.connectors.egress.VendorErrors;
import io.caravan.hub.model.ErrorKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CJ answers most refusals with status 200; what an answer means is its {@code code}, where 200 alone is a success.
 * {@code result} is missing from some successes and proves nothing. Two codes say too little and are read by their
 * message: 1600000 ("system busy", also used for what the business forbids) and 1600200 (too fast, or too much for
 * today). Source: the page of global error codes, read in November 2026.
 */
public final class CjErrors extends VendorErrors {

    /** Code of ours: more than three accounts were seen from our address. */
    public static final String IP_USERS = "ip-users";

    private static final Duration ADDRESS_WAIT = Duration.ofMinutes(10);
    private static final Pattern PER_SECONDS = Pattern.compile("time[s]?\\s*/\\s*([0-9]{1,5})\\s*second");
    private static final Pattern BUSY =
            Pattern.compile("busy|contact cj it|try again|time ?out", Pattern.CASE_INSENSITIVE);
    private static final Pattern TOO_MANY = Pattern.compile("too many|limit", Pattern.CASE_INSENSITIVE);
    private static final Pattern DAY =
            Pattern.compile("\\bpoints?\\b|\\bdaily\\b|per day|/\\s*day|\\bquota\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern USERS = Pattern.compile("ip limit [0-9]+ users", Pattern.CASE_INSENSITIVE);

    private final Clock clock;

    public CjErrors() {
        this(Clock.systemUTC());
    }

    CjErrors(Clock clock) {
        super("cjdropshipping");
        this.clock = clock;
    }

    @Override
    protected Optional<Fault> read(Reply reply, @Nullable Object body) {
        if (!(body instanceof Map<?, ?> answer) || !(answer.get("code") instanceof Number number)) {
            return reply.success()
                    ? fault(ErrorKind.TRANSIENT, "unreadable", "answered without a code")
                    : Optional.empty();
        }
        long code = number.longValue();
        String said = CjJson.text(answer, "message");
        if (code == 200) {
            boolean denied = Boolean.FALSE.equals(answer.get("result"));
            return reply.success() && denied
                    ? fault(ErrorKind.REJECTED, "result-false", "says code 200 and result false: " + said)
                    : Optional.empty();
        }
        return Optional.ofNullable(fault(code, said)).or(() -> other(reply, code, said));
    }

    @Override
    protected Optional<Duration> retryAfter(Reply reply, @Nullable Object body) {
        return super.retryAfter(reply, body).or(() -> told(body));
    }

    private static @Nullable Fault fault(long code, String said) {
        String name = String.valueOf(code);
        if (code == 1600000) {
            return busy(said);
        }
        if (code == 1600200) {
            return tooMany(said);
        }
        if (code == 1600201 || code == 1604000) {
            return new Fault(ErrorKind.EXHAUSTED, name, "says that quota or balance is used up: " + said);
        }
        if ((code >= 1600001 && code <= 1600011) || code == 1600030 || code == 1600031 || code == 1601000) {
            return new Fault(ErrorKind.UNAUTHORISED, name, "refused the credential: " + said);
        }
        if (code >= 1602000 && code <= 1602002) {
            return new Fault(ErrorKind.GONE, name, "does not have it (any more): " + said);
        }
        return null;
    }

    /** Documented as "try again, at most three times", and used for "has been added to My Products" as well. */
    private static Fault busy(String said) {
        if (TOO_MANY.matcher(said).find()) {
            return tooMany(said);
        }
        return said.isBlank() || BUSY.matcher(said).find()
                ? new Fault(ErrorKind.TRANSIENT, "1600000", "is busy: " + said)
                : new Fault(ErrorKind.REJECTED, "1600000", "refused the request: " + said);
    }

    private static Fault tooMany(String said) {
        if (USERS.matcher(said).find()) {
            return new Fault(
                    ErrorKind.RATE_LIMITED,
                    IP_USERS,
                    "takes three accounts from one address, another hub or account shares ours: " + said);
        }
        return DAY.matcher(said).find()
                ? new Fault(ErrorKind.EXHAUSTED, "1600200", "has no calls left for today: " + said)
                : new Fault(ErrorKind.RATE_LIMITED, "1600200", "asks to slow down: " + said);
    }

    /** A code that the table lacks: those that look like a status are one, with the rest the same question is no use. */
    private static Optional<Fault> other(Reply reply, long code, String said) {
        if (!reply.success()) {
            return Optional.empty();
        }
        ErrorKind kind = code == 401 || code == 403
                ? ErrorKind.UNAUTHORISED
                : code == 429
                        ? ErrorKind.RATE_LIMITED
                        : code >= 500 && code < 600 ? ErrorKind.TRANSIENT : ErrorKind.REJECTED;
        return fault(kind, String.valueOf(code), "refused the request: " + said);
    }

    private Optional<Duration> told(@Nullable Object body) {
        String code = body instanceof Map<?, ?> answer ? CjJson.text(answer, "code") : "";
        String said = body instanceof Map<?, ?> answer ? CjJson.text(answer, "message") : "";
        if (code.equals("1600201")
                || (code.equals("1600200") && DAY.matcher(said).find())) {
            return Optional.of(untilMidnight());
        }
        if (USERS.matcher(said).find()) {
            return Optional.of(ADDRESS_WAIT);
        }
        Matcher seconds = PER_SECONDS.matcher(said);
        return seconds.find() ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds.group(1)))) : Optional.empty();
    }

    /** Points and quotas begin anew at 00:00 UTC. */
    private Duration untilMidnight() {
        Instant now = clock.instant();
        LocalDate tomorrow = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1);
        return Duration.between(now, tomorrow.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private static Optional<Fault> fault(ErrorKind kind, String code, String message) {
        return Optional.of(new Fault(kind, code, message));
    }
}

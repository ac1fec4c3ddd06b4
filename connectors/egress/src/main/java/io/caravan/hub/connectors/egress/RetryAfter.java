package io.caravan.hub.connectors.egress;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The wait that an answer tells: {@code retry-after-ms}, or {@code Retry-After} in seconds or as an HTTP date; at most an hour. */
public final class RetryAfter {

    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    public static Optional<Duration> of(Reply reply) {
        return reply.header("retry-after-ms")
                .flatMap(value -> number(value).map(ms -> Duration.ofMillis(Math.round(ms))))
                .or(() -> reply.header("retry-after")
                        .flatMap(value -> seconds(value).or(() -> date(value, clock(reply)))))
                .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }

    /** A date means what it means on the clock of the server that wrote it, which the answer tells; ours when it does not. */
    public static Instant clock(Reply reply) {
        return reply.header("date").flatMap(RetryAfter::instant).orElseGet(Instant::now);
    }

    private static Optional<Instant> instant(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date.trim(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> seconds(String value) {
        return number(value).map(seconds -> Duration.ofMillis(Math.round(seconds * 1000)));
    }

    static Optional<Duration> date(String value, Instant now) {
        return instant(value)
                .map(then -> Duration.between(now, then))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    private static Optional<Double> number(String value) {
        try {
            double number = Double.parseDouble(value.trim());
            return number >= 0 && number < 1e9 ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}

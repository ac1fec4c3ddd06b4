package io.caravan.hub.connectors.openai;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans as OpenAI writes them in headers and texts: {@code 4ms}, {@code 1s}, {@code 3.89s}, {@code 6m0s}, {@code 1h2m3s}. */
final class Durations {

    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|h|m|s|d)");
    private static final Pattern WHOLE = Pattern.compile("(?:[0-9]+(?:\\.[0-9]+)?(?:ms|h|m|s|d))+");

    private Durations() {}

    /** Empty when the text is no such span. */
    static Optional<Duration> parse(String text) {
        String trimmed = text.trim();
        if (trimmed.length() > 40 || !WHOLE.matcher(trimmed).matches()) {
            return Optional.empty();
        }
        double millis = 0;
        Matcher part = PART.matcher(trimmed);
        while (part.find()) {
            millis += Double.parseDouble(part.group(1)) * unit(part.group(2));
        }
        return millis > 1e12 ? Optional.empty() : Optional.of(Duration.ofMillis(Math.round(millis)));
    }

    private static double unit(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
    }
}

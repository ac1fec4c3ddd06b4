package io.caravan.hub.connectors.googletrends;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The feed's approximate traffic, in searches: {@code 20,000+} (until 2024), {@code 200+} (since 2025), {@code 100K+}, {@code 2M+} (exports). */
final class Traffic {

    private static final Pattern SHAPE = Pattern.compile("([0-9][0-9.,]*)\\s*([KMB]?)\\+?");

    private Traffic() {}

    /** Empty when the text is none of the three shapes. */
    static OptionalLong parse(String text) {
        Matcher shape = SHAPE.matcher(text.trim().toUpperCase(Locale.ROOT));
        if (!shape.matches()) {
            return OptionalLong.empty();
        }
        String unit = shape.group(2);
        String digits = unit.isEmpty()
                ? shape.group(1).replaceAll("[.,]", "")
                : shape.group(1).replace(",", ".");
        try {
            return OptionalLong.of(Math.round(Double.parseDouble(digits) * scale(unit)));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static long scale(String unit) {
        return switch (unit) {
            case "K" -> 1_000L;
            case "M" -> 1_000_000L;
            case "B" -> 1_000_000_000L;
            default -> 1L;
        };
    }
}

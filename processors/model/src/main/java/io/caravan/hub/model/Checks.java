package io.caravan.hub.model;

import java.util.regex.Pattern;

/** The checks that every record's constructor shares; each names the field in its message. */
public final class Checks {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private Checks() {}

    /**
     * An identifier that is safe in a path, a key and a lane: 1 to 64 of letters, digits, {@code _} and {@code -}.
     *
     * @throws IllegalArgumentException naming the field
     */
    public static String id(String field, String value) {
        if (!ID.matcher(value).matches()) {
            throw new IllegalArgumentException(field + " must be 1 to 64 letters, digits, '_' or '-'");
        }
        return value;
    }

    /**
     * @throws IllegalArgumentException naming the field, when the text is blank or longer than {@code max} characters
     */
    public static String text(String field, String value, int max) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(field + " must not be blank");
        }
        return atMost(field, value, max);
    }

    /**
     * @throws IllegalArgumentException naming the field, when the text is longer than {@code max} characters
     */
    public static String atMost(String field, String value, int max) {
        if (value.length() > max) {
            throw new IllegalArgumentException(
                    field + " must have at most " + max + " characters, has " + value.length());
        }
        return value;
    }

    /**
     * @throws IllegalArgumentException naming the field, when the number lies outside {@code [min, max]}
     */
    public static long within(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(field + " must be " + min + " to " + max + ", is " + value);
        }
        return value;
    }
}

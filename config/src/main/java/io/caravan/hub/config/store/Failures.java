package io.caravan.hub.config.store;

import io.caravan.hub.model.Causes;
import io.caravan.hub.model.VendorException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An exception as an operator reads it: kind, code, message, HTTP status. Never a stack trace, never a body. */
final class Failures {

    private static final int LONGEST = 1_000;

    private Failures() {}

    static Map<String, Object> of(@Nullable Throwable failure) {
        VendorException vendor = Causes.find(failure, VendorException.class);
        if (vendor != null) {
            return entry(
                    vendor.kind().name().toLowerCase(Locale.ROOT), vendor.code(), message(vendor), vendor.status());
        }
        return failure == null
                ? entry("unknown", "", "no signals and no reason", 0)
                : entry("error", failure.getClass().getSimpleName(), message(failure), 0);
    }

    /** Why a fallback ran although nothing failed. */
    static Map<String, Object> circuitOpen() {
        return entry(
                "not_sent",
                "circuit-open",
                "not asked: it failed too often lately, its circuit is open and lets a call through in a minute",
                0);
    }

    /** Why a poll is a dead letter, in the delivery engine's own words. */
    static Map<String, Object> lost(@Nullable Object cause, @Nullable Object reason) {
        String text = reason == null ? "its work went to the dead letters" : reason.toString();
        return entry("dead", cause == null ? "" : cause.toString(), cut(text), 0);
    }

    /** Why a source counts as failed although its poll may still be under way. */
    static Map<String, Object> late() {
        return entry("late", "deadline", "did not answer by the cycle's deadline; the cycle was closed without it", 0);
    }

    private static String message(Throwable failure) {
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return cut(text);
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private static Map<String, Object> entry(String kind, String code, String message, int status) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("kind", kind);
        entry.put("code", code);
        entry.put("message", message);
        entry.put("status", status);
        return entry;
    }
}

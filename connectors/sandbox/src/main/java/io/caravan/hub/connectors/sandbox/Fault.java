package io.caravan.hub.connectors.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong on purpose: {@code POST /_sandbox/faults}.
 *
 * @param vendor whose requests; {@code *} for all
 * @param method {@code POST}; null for every method
 * @param path regular expression on the path behind the mount point; null for every path
 * @param after how many matching requests pass first. Defaults to 0
 * @param times how many are hit then; null means until it is removed
 * @param kind what happens
 * @param status for {@code ANSWER} and {@code EFFECT_ANSWER}: the status. Defaults to 500
 * @param delayMs for {@code DELAY}, {@code HANG}, {@code EFFECT_HANG}, {@code LATE_EFFECT}: milliseconds
 */
public record Fault(
        String vendor,
        @Nullable String method,
        @Nullable String path,
        int after,
        @Nullable Integer times,
        Kind kind,
        @Nullable Integer status,
        @Nullable Map<String, String> headers,
        @Nullable String body,
        @JsonProperty("delay_ms") long delayMs) {

    /** Kinds of fault; those named EFFECT let the change happen before the answer goes wrong. */
    public enum Kind {
        /** Answers {@code status} without doing anything. */
        ANSWER,
        /** Does it, then answers {@code status}: Etsy's 500 after creating. */
        EFFECT_ANSWER,
        /** Waits, then goes on as usual. */
        DELAY,
        /** Never answers: holds for {@code delay_ms}, then closes; nothing happened. */
        HANG,
        /** Does it, holds for {@code delay_ms}, then closes: a time-out after the effect. */
        EFFECT_HANG,
        /** Closes at once and does it {@code delay_ms} later: an effect after our time-out. */
        LATE_EFFECT,
        /** Closes the connection; nothing happened. */
        RESET,
        /** Does it, then closes the connection. */
        EFFECT_RESET,
        /** Does it, then sends half of the answer. */
        CUT
    }

    boolean matches(String name, Call call) {
        return ("*".equals(vendor) || vendor.equals(name))
                && (method == null || method.equals(call.method()))
                && (path == null || Pattern.compile(path).matcher(call.path()).find());
    }
}

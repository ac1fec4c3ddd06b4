package io.caravan.hub.connectors.reddit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Reads the rate headers, which are decimal texts ({@code "997.0"}) and may be missing. Sets the exchange variable
 * {@value #LIMITS}: {@code window_remaining}, {@code window_used}, {@code reset_seconds}, those that were told. A 429
 * never says how long to wait, but the reset does: it becomes the answer's {@code Retry-After}.
 */
public final class RedditLimits {

    static final String LIMITS = "limits";

    private static final Map<String, String> NAMES = Map.of(
            "window_remaining", "x-ratelimit-remaining",
            "window_used", "x-ratelimit-used",
            "reset_seconds", "x-ratelimit-reset");

    public void note(Exchange exchange) {
        Message answer = exchange.getMessage();
        Map<String, Long> limits = new LinkedHashMap<>();
        NAMES.forEach((name, header) ->
                whole(answer.getHeader(header, String.class)).ifPresent(value -> limits.put(name, value)));
        if (!limits.isEmpty()) {
            exchange.setVariable(LIMITS, Map.copyOf(limits));
        }
        Integer status = answer.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        Long reset = limits.get("reset_seconds");
        if (status != null && status == 429 && reset != null && answer.getHeader("Retry-After") == null) {
            answer.setHeader("Retry-After", reset.toString());
        }
    }

    /** Rounded down; empty when it is missing, negative or no number. */
    static OptionalLong whole(@org.jspecify.annotations.Nullable String text) {
        try {
            double number = text == null ? -1 : Double.parseDouble(text.trim());
            return number >= 0 && number < 1e12 ? OptionalLong.of((long) number) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}

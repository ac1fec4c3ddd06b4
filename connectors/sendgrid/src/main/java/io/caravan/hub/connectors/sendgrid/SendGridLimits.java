package io.caravan.hub.connectors.sendgrid;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What is left of the window, from {@code X-RateLimit-*}, where an answer has them. Sets the exchange variable
 * {@code limits}: {@code window_remaining} and {@code reset_seconds}; SendGrid does not say how long its window is.
 */
public final class SendGridLimits {

    public void note(Exchange exchange) {
        Map<String, Long> limits = new TreeMap<>();
        Long left = number(exchange, "X-RateLimit-Remaining");
        Long reset = number(exchange, "X-RateLimit-Reset");
        if (left != null) {
            limits.put("window_remaining", left);
        }
        if (reset != null) {
            limits.put("reset_seconds", Math.max(0, reset - Instant.now().getEpochSecond()));
        }
        if (!limits.isEmpty()) {
            exchange.setVariable("limits", Map.copyOf(limits));
        }
    }

    private static @Nullable Long number(Exchange exchange, String header) {
        String text = exchange.getMessage().getHeader(header, String.class);
        return text != null && text.matches("[0-9]{1,15}") ? Long.valueOf(text) : null;
    }
}

package io.caravan.hub.connectors.openai;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.Exchange;

/**
 * What is left of the key's limits, from the headers of every answer, also of a refused one. Sets the exchange variable
 * {@code limits}: {@code per_minute_remaining} and {@code reset_seconds} count requests, {@code tokens_remaining} and
 * {@code tokens_reset_seconds} tokens. OpenAI's request window is a minute for most tiers and a day for the lowest.
 */
public final class OpenAiLimits {

    /** Leaves the variable alone when the answer has none of the headers. */
    public void note(Exchange exchange) {
        Map<String, Long> limits = new TreeMap<>();
        count(exchange, "x-ratelimit-remaining-requests").ifPresent(left -> limits.put("per_minute_remaining", left));
        count(exchange, "x-ratelimit-remaining-tokens").ifPresent(left -> limits.put("tokens_remaining", left));
        span(exchange, "x-ratelimit-reset-requests").ifPresent(wait -> limits.put("reset_seconds", wait));
        span(exchange, "x-ratelimit-reset-tokens").ifPresent(wait -> limits.put("tokens_reset_seconds", wait));
        if (!limits.isEmpty()) {
            exchange.setVariable("limits", Map.copyOf(limits));
        }
    }

    private static Optional<Long> count(Exchange exchange, String header) {
        return header(exchange, header).flatMap(text -> {
            try {
                return Optional.of(new BigDecimal(text.trim()).longValue());
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    /** Whole seconds, rounded up. */
    private static Optional<Long> span(Exchange exchange, String header) {
        return header(exchange, header).flatMap(Durations::parse).map(OpenAiLimits::up);
    }

    private static long up(Duration wait) {
        return wait.plusMillis(999).toSeconds();
    }

    private static Optional<String> header(Exchange exchange, String name) {
        return Optional.ofNullable(exchange.getMessage().getHeader(name, String.class));
    }
}

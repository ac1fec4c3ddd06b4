package io.caravan.hub.config.delivery;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How delivery behaves on this node, under {@code hub.delivery.*}.
 *
 * @param nodeId for people, not for safety. Defaults to {@code hub}
 * @param lease how long a lane is kept without a sign of life. Defaults to 60 s
 * @param poll how often lanes are looked for when no commit on this node said so. Defaults to 500 ms
 * @param settleScale factor on settle times; below 1 for sandboxes only. Defaults to 1
 * @param backlog open items of an account above which its requests are answered with 429. Defaults to 10,000
 * @param backoff waits after the first, second, ... failure of an item; the last one repeats. Defaults to 5 s, 30 s, 2 min,
 *     10 min, 30 min, 2 h, 5 h, 10 h
 * @param drain longest wait for work in flight at the stop. Defaults to 25 s
 * @param quarantine how long after a restore effects are looked up before they are made. Defaults to 7 days
 * @param subscribers topic to the work types that get a row for each event: {@code hub.delivery.subscribers[trend.scored]}
 */
@Validated
@ConfigurationProperties("hub.delivery")
public record DeliveryProperties(
        @Pattern(regexp = "[A-Za-z0-9_-]{1,30}") @DefaultValue("hub")
        String nodeId,

        @NotNull @DefaultValue("60s") Duration lease,
        @NotNull @DefaultValue("500ms") Duration poll,

        @DecimalMin(value = "0", inclusive = false) @DefaultValue("1.0")
        double settleScale,

        @Min(1) @DefaultValue("10000") long backlog,

        @NotEmpty @DefaultValue({"5s", "30s", "2m", "10m", "30m", "2h", "5h", "10h"})
        List<Duration> backoff,

        @NotNull @DefaultValue("25s") Duration drain,
        @NotNull @DefaultValue("7d") Duration quarantine,
        @DefaultValue Map<String, List<String>> subscribers) {

    public DeliveryProperties {
        backoff = List.copyOf(backoff);
        subscribers = Map.copyOf(subscribers);
    }
}

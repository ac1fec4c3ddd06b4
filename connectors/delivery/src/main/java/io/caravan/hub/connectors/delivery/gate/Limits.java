package io.caravan.hub.connectors.delivery.gate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.caravan.hub.connectors.delivery.db.Durations;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What vendors allow and what we are ready to pay, for every account; read from {@code config/limits.yaml}.
 *
 * @param vendors by vendor name
 * @param money by bucket name, amounts in the bucket's own unit
 */
public record Limits(Map<String, Vendor> vendors, Map<String, Money> money) {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(Durations.module())
            .build();

    @SuppressWarnings("NullAway")
    public Limits {
        vendors = vendors == null ? Map.of() : Map.copyOf(vendors);
        money = money == null ? Map.of() : Map.copyOf(money);
    }

    public static Limits none() {
        return new Limits(Map.of(), Map.of());
    }

    /**
     * @throws IOException naming the line, when the file is not as described; unknown words are refused
     */
    public static Limits load(InputStream yaml) throws IOException {
        return YAML.readValue(yaml, Limits.class);
    }

    Vendor vendor(String name) {
        return vendors.getOrDefault(name, new Vendor(List.of(), null));
    }

    /** All of a vendor's limits. */
    public record Vendor(List<Window> windows, @Nullable ErrorRatio errorRatio) {
        @SuppressWarnings("NullAway")
        public Vendor {
            windows = windows == null ? List.of() : List.copyOf(windows);
        }
    }

    /**
     * Either so many in a period that starts at its first call, or a bucket that leaks.
     *
     * @param period length of a window; with {@code refillPerSecond} not used
     * @param refillPerSecond how much a leaky bucket gains in a second
     * @param cost what one call takes, 1 unless given
     * @param only {@code <operation>.<create|lookup|confirm|cancel>} or {@code read}; empty for every call
     */
    public record Window(
            String name,
            long cap,
            @Nullable Duration period,
            @Nullable Double refillPerSecond,
            @Nullable Long cost,
            List<String> only) {
        @SuppressWarnings("NullAway")
        public Window {
            only = only == null ? List.of() : List.copyOf(only);
            if (cap <= 0 || (period == null) == (refillPerSecond == null)) {
                throw new IllegalArgumentException(
                        "window " + name + " needs a positive cap and either period or refill_per_second");
            }
        }

        long price() {
            return cost == null ? 1 : cost;
        }

        boolean counts(String step) {
            return only.isEmpty() || only.contains(step);
        }
    }

    /** No further changes while more than {@code max} of at least {@code leastCalls} calls in a period failed. */
    public record ErrorRatio(
            double max,
            Duration period,
            @JsonProperty("least_calls") long leastCalls) {}

    /** A budget that one account may spend in a period. */
    public record Money(long cap, Duration period) {}
}

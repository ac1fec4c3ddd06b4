package io.caravan.hub.connectors.delivery.effect;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.caravan.hub.connectors.delivery.db.Durations;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one operation of one vendor; lies beside its Kamelets as {@code effects/<vendor>.<operation>.yaml}.
 *
 * @param effect {@code <vendor>.<operation>}
 * @param timeout response budget of one call
 * @param late how long after a time-out the effect may still happen
 * @param indexLag until a new object can be found
 * @param budget what each create may cost, or null
 * @param through the Kamelet that runs every step of an effect that a person described, without its {@code -action}; null
 *     when each step has a Kamelet of its own
 * @param steps create, lookup, confirm and cancel, as that Kamelet understands them
 */
public record Traits(
        String effect,
        Shape shape,
        Duration timeout,
        Duration late,
        Duration indexLag,
        @Nullable Budget budget,
        @Nullable String through,
        Map<String, Map<String, Object>> steps) {

    private static final Set<String> STEPS = Set.of("create", "lookup", "confirm", "cancel");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .configure(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS, true)
            .addModule(Durations.module())
            .build();

    @SuppressWarnings("NullAway")
    public Traits {
        if (effect == null || shape == null || timeout == null) {
            throw new IllegalArgumentException("effect, shape and timeout are needed");
        }
        late = late == null ? Duration.ZERO : late;
        indexLag = indexLag == null ? Duration.ZERO : indexLag;
        steps = steps == null ? Map.of() : Map.copyOf(steps);
        if (through == null && !steps.isEmpty()) {
            throw new IllegalArgumentException("steps are for an effect that says through which Kamelet they run");
        }
        steps.keySet().stream().filter(step -> !STEPS.contains(step)).forEach(step -> {
            throw new IllegalArgumentException("steps." + step + " is not known, there are " + new TreeSet<>(STEPS));
        });
    }

    /** An amount of a bucket of {@code config/limits.yaml}, in the bucket's unit. */
    public record Budget(String bucket, long amount) {}

    /**
     * @throws IOException naming the line, when the file is not as described
     */
    static Traits load(InputStream yaml) throws IOException {
        return YAML.readValue(yaml, Traits.class);
    }

    String vendor() {
        return effect.substring(0, effect.indexOf('.'));
    }

    String operation() {
        return effect.substring(effect.indexOf('.') + 1);
    }

    /** From the intent until every create that may have left is done and can be found. */
    Duration settle(Duration sendWithin, double scale) {
        long millis = sendWithin.plus(timeout).plus(late).plus(indexLag).toMillis();
        return Duration.ofMillis((long) Math.ceil(millis * scale));
    }
}

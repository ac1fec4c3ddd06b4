package io.caravan.hub.bench.stub;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What the sink made and how the enricher answers. Every create makes an object, whatever was made before: what the hub
 * sends twice is there twice. Used by one thread.
 */
final class StubState {

    private final Map<String, Made> objects = new LinkedHashMap<>();
    private final Map<String, List<String>> byReference = new HashMap<>();
    private final Queue<Runnable> held = new ArrayDeque<>();
    private long enrichments;
    private long lookUps;
    private long creates;
    private long cancelled;
    private long lastAt;
    private long delayMs;
    private boolean hold;

    /** @param at arrival in microseconds since 1970 */
    record Made(String id, String item, String reference, long at) {}

    static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    Made create(String item, String reference) {
        creates++;
        lastAt = now();
        Made made = new Made("o" + creates, item, reference, lastAt);
        objects.put(made.id(), made);
        byReference.computeIfAbsent(reference, key -> new ArrayList<>(1)).add(made.id());
        return made;
    }

    List<Made> find(String reference) {
        lookUps++;
        List<Made> found = new ArrayList<>();
        for (String id : byReference.getOrDefault(reference, List.of())) {
            Made made = objects.get(id);
            if (made != null) {
                found.add(made);
            }
        }
        return found;
    }

    @Nullable
    Made get(String id) {
        return objects.get(id);
    }

    void cancel(String id) {
        if (objects.remove(id) != null) {
            cancelled++;
        }
    }

    /** Microseconds that the enricher takes to answer. */
    long delayMs() {
        enrichments++;
        return delayMs;
    }

    boolean held(Runnable answer) {
        if (hold) {
            held.add(answer);
        }
        return hold;
    }

    void delay(long ms) {
        delayMs = ms;
    }

    void hold() {
        hold = true;
    }

    void release() {
        hold = false;
        letGo();
    }

    /** Answers what waits; what comes later is held again. */
    void letGo() {
        for (Runnable answer = held.poll(); answer != null; answer = held.poll()) {
            answer.run();
        }
    }

    void forget() {
        objects.clear();
        byReference.clear();
        enrichments = 0;
        lookUps = 0;
        creates = 0;
        cancelled = 0;
        lastAt = 0;
    }

    String counts() {
        return "{\"objects\":" + objects.size() + ",\"creates\":" + creates + ",\"cancelled\":" + cancelled
                + ",\"look_ups\":" + lookUps + ",\"enrichments\":" + enrichments + ",\"last_at\":" + lastAt + "}";
    }

    /** One line an object: item, reference, microseconds. */
    String lines() {
        StringBuilder text = new StringBuilder(objects.size() * 64);
        objects.values()
                .forEach(made -> text.append(made.item())
                        .append(' ')
                        .append(made.reference())
                        .append(' ')
                        .append(made.at())
                        .append('\n'));
        return text.toString();
    }
}

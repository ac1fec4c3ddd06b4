package io.caravan.hub.connectors.delivery;

import io.caravan.hub.connectors.delivery.outbox.Subscriptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How delivery behaves on this node.
 *
 * @param nodeId 1 to 30 letters, digits, {@code _} or {@code -}; for people, not for safety
 * @param lease how long a lane is kept without a sign of life; longer than the longest vendor call plus 30 s is not
 *     needed, the heartbeat renews it
 * @param poll how often lanes are looked for when no commit on this node said so
 * @param sendWithin latest start of a create's write on the socket, counted from its intent; part of the settle time
 * @param settleScale factor on settle times, 1.0 where vendors are real
 * @param drain longest wait for items in flight at the stop
 * @param backoff waits after the first, second, ... failure; the last one repeats
 * @param backlogCap open items of an account above which requests are answered with 429
 * @param backlogAge age of the oldest due item above which requests are answered with 429
 * @param answersKept how long the answer to an Idempotency-Key is kept
 * @param workKept how long finished work is kept
 * @param subscribers topic to the work types that get a row for each of its events
 * @param publisher work type that takes each event to a broker, from where it comes back to the subscribers; null when they
 *     get it straight from the outbox
 */
public record DeliverySettings(
        String nodeId,
        Duration lease,
        Duration poll,
        Duration sendWithin,
        double settleScale,
        Duration drain,
        List<Duration> backoff,
        long backlogCap,
        Duration backlogAge,
        Duration answersKept,
        Duration workKept,
        Map<String, List<String>> subscribers,
        @Nullable String publisher) {

    public DeliverySettings {
        if (settleScale <= 0 || lease.isNegative() || lease.isZero() || backoff.isEmpty()) {
            throw new IllegalArgumentException("lease and settle scale must be positive, back-off must not be empty");
        }
        backoff = List.copyOf(backoff);
        subscribers = Map.copyOf(subscribers);
    }

    public static DeliverySettings defaults() {
        return new DeliverySettings(
                "hub",
                Duration.ofSeconds(60),
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                1.0,
                Duration.ofSeconds(25),
                List.of(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(5),
                        Duration.ofHours(10)),
                10_000,
                Duration.ofMinutes(15),
                Duration.ofDays(30),
                Duration.ofDays(90),
                Map.of(),
                null);
    }

    public DeliverySettings withNodeId(String value) {
        return with(copy -> copy.nodeId = value);
    }

    public DeliverySettings withLease(Duration value) {
        return with(copy -> copy.lease = value);
    }

    public DeliverySettings withPoll(Duration value) {
        return with(copy -> copy.poll = value);
    }

    public DeliverySettings withSettleScale(double value) {
        return with(copy -> copy.settleScale = value);
    }

    public DeliverySettings withDrain(Duration value) {
        return with(copy -> copy.drain = value);
    }

    public DeliverySettings withBackoff(List<Duration> value) {
        return with(copy -> copy.backoff = value);
    }

    public DeliverySettings withBacklog(long cap, Duration age) {
        return with(copy -> {
            copy.backlogCap = cap;
            copy.backlogAge = age;
        });
    }

    public DeliverySettings withKept(Duration answers, Duration work) {
        return with(copy -> {
            copy.answersKept = answers;
            copy.workKept = work;
        });
    }

    public DeliverySettings withSubscribers(Map<String, List<String>> value) {
        return with(copy -> copy.subscribers = value);
    }

    /** @param type null to give events straight to their subscribers */
    public DeliverySettings withPublisher(@Nullable String type) {
        return with(copy -> copy.publisher = type);
    }

    Subscriptions subscriptions() {
        return new Subscriptions(subscribers, publisher);
    }

    private DeliverySettings with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.settings();
    }

    private static final class Copy {

        private String nodeId;
        private Duration lease;
        private Duration poll;
        private Duration sendWithin;
        private double settleScale;
        private Duration drain;
        private List<Duration> backoff;
        private long backlogCap;
        private Duration backlogAge;
        private Duration answersKept;
        private Duration workKept;
        private Map<String, List<String>> subscribers;
        private @Nullable String publisher;

        Copy(DeliverySettings from) {
            nodeId = from.nodeId;
            lease = from.lease;
            poll = from.poll;
            sendWithin = from.sendWithin;
            settleScale = from.settleScale;
            drain = from.drain;
            backoff = from.backoff;
            backlogCap = from.backlogCap;
            backlogAge = from.backlogAge;
            answersKept = from.answersKept;
            workKept = from.workKept;
            subscribers = from.subscribers;
            publisher = from.publisher;
        }

        DeliverySettings settings() {
            return new DeliverySettings(
                    nodeId,
                    lease,
                    poll,
                    sendWithin,
                    settleScale,
                    drain,
                    backoff,
                    backlogCap,
                    backlogAge,
                    answersKept,
                    workKept,
                    subscribers,
                    publisher);
        }
    }
}

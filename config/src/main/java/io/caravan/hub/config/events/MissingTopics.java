package io.caravan.hub.config.events;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Topics that the broker did not have when an event was to go there. A producer looks for a topic for seconds, and events of
 * other topics want its threads: so one event in a while looks, the others wait without, the longer the topic is missing.
 */
final class MissingTopics {

    private static final Logger LOG = LoggerFactory.getLogger(MissingTopics.class);

    /** Between two looks, and the shortest wait. */
    static final Duration LOOK = Duration.ofSeconds(5);

    /** Thousands of events that wait must not keep the database busy. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    private final Clock clock;
    private final Map<String, Missing> topics = new ConcurrentHashMap<>();

    private record Missing(Instant since, Instant looked) {}

    MissingTopics(Clock clock) {
        this.clock = clock;
    }

    /** How long an event of the topic is to wait; empty when it is to be sent, to see whether the topic is there. */
    Optional<Duration> pause(String topic) {
        Missing missing = topics.get(topic);
        if (missing == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (!now.isBefore(missing.looked().plus(LOOK))
                && topics.replace(topic, missing, new Missing(missing.since(), now))) {
            return Optional.empty();
        }
        long most = Math.min(
                LONGEST.toMillis(), Duration.between(missing.since(), now).toMillis());
        long least = LOOK.toMillis();
        return Optional.of(Duration.ofMillis(
                most <= least ? least : ThreadLocalRandom.current().nextLong(least, most)));
    }

    void missing(String topic) {
        Instant now = clock.instant();
        if (topics.putIfAbsent(topic, new Missing(now, now)) == null) {
            LOG.warn("events wait, {}", Refusal.missing(topic));
        }
    }

    void there(String topic) {
        if (topics.remove(topic) != null) {
            LOG.info("the broker has topic {} now", topic);
        }
    }

    Set<String> names() {
        return new TreeSet<>(topics.keySet());
    }
}

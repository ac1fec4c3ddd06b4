package io.caravan.hub.config.events;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the topics of the outbox are called at the broker: {@code trend.scored} is {@code hub.trend.scored.v1}. */
public final class Topics {

    /** The inbox keeps the topic's name in a short column; a broker takes 249 characters. */
    private static final int LONGEST = 58;

    private static final String NAME = "[A-Za-z0-9._-]+";

    private final Map<String, String> records = new TreeMap<>();
    private final Map<String, String> events = new TreeMap<>();

    /** @throws IllegalArgumentException when a broker would not take a name */
    Topics(String prefix, Collection<String> topics) {
        for (String topic : topics) {
            if (topic.length() > LONGEST || !topic.matches(NAME)) {
                throw new IllegalArgumentException("hub.delivery.subscribers[" + topic + "]: a topic that goes to Kafka"
                        + " has at most " + LONGEST + " letters, digits, '.', '_' and '-'");
            }
            records.put(topic, record(prefix, topic));
            events.put(record(prefix, topic), topic);
        }
    }

    public static String record(String prefix, String topic) {
        return prefix + topic + ".v1";
    }

    /** @throws IllegalArgumentException when nobody configured it: names from data are never used */
    String record(String topic) {
        String record = records.get(topic);
        if (record == null) {
            throw new IllegalArgumentException(
                    "no topic " + topic + ": name it in hub.delivery.subscribers, with or without subscribers");
        }
        return record;
    }

    /** @return null for a topic that is none of ours */
    @Nullable
    String event(String record) {
        return events.get(record);
    }
}

package io.caravan.hub.connectors.delivery.outbox;

import io.caravan.hub.connectors.delivery.work.NewWork;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who gets which events, and whether by way of a broker. */
public final class Subscriptions {

    /** What the inbox calls a broker's topic, before its name in the outbox. */
    public static final String SOURCE = "kafka:";

    private final Map<String, List<String>> types;
    private final @Nullable String publisher;

    /**
     * @param types topic to the work types that get a row for each of its events; empty when nobody wants one
     * @param publisher work type that takes events to a broker, null when subscribers get them straight from the outbox
     */
    public Subscriptions(Map<String, List<String>> types, @Nullable String publisher) {
        this.types = types;
        this.publisher = publisher;
    }

    @Nullable
    String publisher() {
        return publisher;
    }

    /** The types of all work that stands for an event. */
    public Set<String> workTypes() {
        return Stream.concat(types.values().stream().flatMap(List::stream), Stream.ofNullable(publisher))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All topics that are known, wanted or not. */
    public Set<String> topics() {
        return new TreeSet<>(types.keySet());
    }

    /** Those that somebody subscribes to. */
    public Set<String> wanted() {
        return types.entrySet().stream()
                .filter(topic -> !topic.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** One item for each subscriber, in the lane of what the event is about. */
    public List<NewWork> work(Event event) {
        return types.getOrDefault(event.topic(), List.of()).stream()
                .map(type -> NewWork.ofJson(event.account(), type, event.key(), event.payload())
                        .withTrace(event.traceId())
                        .withJob(event.jobId())
                        .withCause(event.workId()))
                .toList();
    }
}

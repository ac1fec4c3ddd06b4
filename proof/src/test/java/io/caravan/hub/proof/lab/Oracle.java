package io.caravan.hub.proof.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Knows what the client was promised, is told what the vendors have, and says what does not fit. A business key is what
 * one request was about; a lane holds requests whose effects may not overtake each other.
 */
public final class Oracle {

    private final Map<String, String> laneOf = new LinkedHashMap<>();
    private final Map<String, List<String>> promised = new HashMap<>();

    /** @param lane empty when order does not matter */
    public synchronized void acknowledged(String key, String lane) {
        if (laneOf.putIfAbsent(key, lane) == null && !lane.isEmpty()) {
            promised.computeIfAbsent(lane, name -> new ArrayList<>()).add(key);
        }
    }

    public synchronized int acknowledged() {
        return laneOf.size();
    }

    public synchronized Set<String> keys() {
        return new TreeSet<>(laneOf.keySet());
    }

    /**
     * What was found.
     *
     * @param lost acknowledged, and neither an effect nor a visible failure
     * @param doubled keys with several live objects
     * @param overtaken keys that went live before one that was acknowledged before them in their lane
     * @param dead acknowledged, without an effect, and visible as a failure
     */
    public record Verdict(Set<String> lost, Set<String> doubled, Set<String> overtaken, Set<String> dead) {

        public boolean clean() {
            return lost.isEmpty() && doubled.isEmpty() && overtaken.isEmpty();
        }

        @Override
        public String toString() {
            return "%d lost %s, %d doubled %s, %d overtaken %s, %d dead %s"
                    .formatted(
                            lost.size(),
                            some(lost),
                            doubled.size(),
                            some(doubled),
                            overtaken.size(),
                            some(overtaken),
                            dead.size(),
                            some(dead));
        }

        private static String some(Set<String> keys) {
            return keys.stream().limit(5).collect(Collectors.joining(", ", "(", ")"));
        }
    }

    /**
     * @param live the key of each live object, in the order in which they went live; keys that were never acknowledged
     *     count for doubles alone, since a request without an answer may have been accepted
     * @param visible keys that a person can see as failed
     */
    public synchronized Verdict judge(List<String> live, Set<String> visible) {
        Map<String, Integer> count = new HashMap<>();
        live.forEach(key -> count.merge(key, 1, Integer::sum));
        Set<String> lost = new TreeSet<>(laneOf.keySet());
        lost.removeAll(count.keySet());
        Set<String> dead = new TreeSet<>(lost);
        dead.retainAll(visible);
        lost.removeAll(visible);
        Set<String> doubled = new TreeSet<>();
        count.forEach((key, times) -> {
            if (times > 1) {
                doubled.add(key);
            }
        });
        return new Verdict(lost, doubled, overtaken(live), dead);
    }

    private Set<String> overtaken(List<String> live) {
        Map<String, Integer> number = new HashMap<>();
        promised.values().forEach(lane -> {
            for (int i = 0; i < lane.size(); i++) {
                number.put(lane.get(i), i);
            }
        });
        Map<String, Integer> furthest = new HashMap<>();
        Set<String> overtaken = new TreeSet<>();
        for (String key : live) {
            Integer mine = number.get(key);
            String lane = laneOf.get(key);
            if (mine == null || lane == null) {
                continue;
            }
            if (mine < furthest.getOrDefault(lane, -1)) {
                overtaken.add(key);
            }
            furthest.merge(lane, mine, Math::max);
        }
        return overtaken;
    }
}

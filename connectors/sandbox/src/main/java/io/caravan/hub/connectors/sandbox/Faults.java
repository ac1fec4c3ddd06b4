package io.caravan.hub.connectors.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The faults in force, each with how often it matched. */
final class Faults {

    private final Map<String, Armed> armed = new LinkedHashMap<>();

    private static final class Armed {
        private final Fault fault;
        private int matched;

        Armed(Fault fault) {
            this.fault = fault;
        }

        boolean strikes() {
            matched++;
            Integer times = fault.times();
            return matched > fault.after() && (times == null || matched <= fault.after() + times);
        }
    }

    synchronized String add(Fault fault) {
        String id = UUID.randomUUID().toString();
        armed.put(id, new Armed(fault));
        return id;
    }

    synchronized void clear() {
        armed.clear();
    }

    synchronized List<Map<String, Object>> list() {
        List<Map<String, Object>> all = new ArrayList<>();
        armed.forEach((id, one) -> all.add(Map.of("id", id, "fault", one.fault, "matched", one.matched)));
        return all;
    }

    synchronized Optional<Fault> striking(String vendor, Call call) {
        return armed.values().stream()
                .filter(one -> one.fault.matches(vendor, call))
                .filter(Armed::strikes)
                .map(one -> one.fault)
                .findFirst();
    }
}

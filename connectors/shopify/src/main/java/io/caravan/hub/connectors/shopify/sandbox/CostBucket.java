package io.caravan.hub.connectors.shopify.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shop's bucket of points: a query may run when the bucket holds what it asks for, and pays what it found. */
final class CostBucket {

    /** No single query may ask for more. */
    static final int MOST = 1_000;

    private double available = -1;
    private long at;

    /** 10 for a change, 1 for each object, as many as a connection may give. */
    static long requested(GraphqlText.Operation operation, Projection variables) {
        long cost = operation.kind().equals("mutation") ? 10 : 0;
        return Math.max(1, cost + objects(operation.fields(), variables));
    }

    private static long objects(List<Selection> fields, Projection variables) {
        long cost = 0;
        for (Selection field : fields) {
            if (field.name().isEmpty()) {
                cost += objects(field.children(), variables);
            } else if (variables.arguments(field.arguments()).get("first") instanceof Long first) {
                // the wrapper is free, its nodes are as many as asked for
                cost += 2 + first * Math.max(1, objects(field.children(), variables));
            } else if (!field.children().isEmpty() && !field.name().equals("pageInfo")) {
                cost += 1 + objects(field.children(), variables);
            }
        }
        return cost;
    }

    static long found(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return 1 + map.values().stream().mapToLong(CostBucket::found).sum();
        }
        return value instanceof List<?> list
                ? list.stream().mapToLong(CostBucket::found).sum()
                : 0;
    }

    synchronized boolean has(long requested, Settings settings) {
        refill(settings);
        return available >= requested;
    }

    synchronized Map<String, Object> pay(long requested, @Nullable Long actual, Settings settings) {
        refill(settings);
        if (actual != null) {
            available -= actual;
        }
        Map<String, Object> status = new LinkedHashMap<>();
        // whole numbers come with a decimal point here and there
        status.put("maximumAvailable", (double) settings.number("bucket", 1_000));
        status.put("currentlyAvailable", (long) available);
        status.put("restoreRate", (double) settings.number("restore", 50));
        Map<String, Object> cost = new LinkedHashMap<>();
        cost.put("requestedQueryCost", requested);
        cost.put("actualQueryCost", actual);
        cost.put("throttleStatus", status);
        return cost;
    }

    private void refill(Settings settings) {
        long most = settings.number("bucket", 1_000);
        long now = System.nanoTime();
        available =
                available < 0 ? most : Math.min(most, available + (now - at) / 1e9 * settings.number("restore", 50));
        at = now;
    }
}

package io.caravan.hub.connectors.shopify;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The shop's bucket of points as each answer tells it in {@code extensions.cost}.
 *
 * @param wanted what the query may cost
 * @param there what the bucket held
 * @param perSecond what it gains
 */
record Points(double wanted, double there, double perSecond) {

    /** Empty when the answer tells too little. @param reply parsed */
    static Optional<Points> of(@Nullable Object reply) {
        Map<String, Object> cost = cost(reply);
        Map<String, Object> status = status(reply);
        Points points = new Points(
                number(cost, "requestedQueryCost"),
                number(status, "currentlyAvailable"),
                number(status, "restoreRate"));
        return points.wanted < 0 || points.there < 0 || points.perSecond <= 0 ? Optional.empty() : Optional.of(points);
    }

    static Map<String, Object> status(@Nullable Object reply) {
        return ShopifyJson.map(cost(reply).get("throttleStatus"));
    }

    private static Map<String, Object> cost(@Nullable Object reply) {
        return ShopifyJson.map(
                ShopifyJson.map(ShopifyJson.map(reply).get("extensions")).get("cost"));
    }

    /** Whether the query was not run for want of points, and nothing else is said. */
    static boolean throttled(@Nullable Object reply) {
        List<?> errors = ShopifyJson.list(ShopifyJson.map(reply).get("errors"));
        if (errors.size() != 1 || ShopifyJson.map(reply).get("data") instanceof Map<?, ?>) {
            return false;
        }
        Map<String, Object> extensions =
                ShopifyJson.map(ShopifyJson.map(errors.get(0)).get("extensions"));
        return ShopifyJson.text(extensions, "code").equals("THROTTLED");
    }

    /** How long until the bucket holds what the query may cost, in whole seconds. */
    Duration shortfall() {
        return Duration.ofSeconds(Math.max(1, (long) Math.ceil((wanted - there) / perSecond)));
    }

    private static double number(Map<?, ?> map, String field) {
        return map.get(field) instanceof Number number ? number.doubleValue() : -1;
    }
}

package io.caravan.hub.connectors.shopify;

import io.caravan.hub.connectors.egress.VendorJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an answer tells beside its content: the cost bucket ({@code extensions.cost}), put into the exchange variable
 * {@code limits} for the budgets, and the API version that really answered. Shopify answers an expired version with the
 * oldest supported one and says so in this header alone.
 */
public final class ShopifyNotes {

    private static final Logger LOG = LoggerFactory.getLogger(ShopifyNotes.class);
    private static final int OK = 200;
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    /**
     * Leaves the body as bytes and the variable as it is when the answer tells nothing. A run of {@link Steps} that was
     * throttled waits for its points when its time allows that.
     */
    public void note(Exchange exchange, String asked) {
        byte[] given = exchange.getMessage().getBody(byte[].class);
        byte[] body = given == null ? new byte[0] : given;
        exchange.getMessage().setBody(body);
        version(asked, exchange.getMessage().getHeader("X-Shopify-API-Version", "", String.class));
        // no JSON tells nothing; the next step says what it is
        Object reply = VendorJson.parsed(body);
        Map<String, Long> limits = limits(reply);
        if (!limits.isEmpty()) {
            exchange.setVariable("limits", limits);
        }
        Steps steps = exchange.getVariable("shopifySteps", Steps.class);
        int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        if (steps != null && status == OK && Points.throttled(reply)) {
            Points.of(reply).ifPresent(points -> steps.await(points.shortfall()));
        }
    }

    private static Map<String, Long> limits(@Nullable Object reply) {
        Map<String, Object> status = Points.status(reply);
        Map<String, Long> limits = new LinkedHashMap<>();
        put(limits, "points_remaining", status.get("currentlyAvailable"));
        put(limits, "points_limit", status.get("maximumAvailable"));
        put(limits, "points_per_second", status.get("restoreRate"));
        return limits;
    }

    /** Says it once per version and run. */
    static boolean version(String asked, String answered) {
        boolean news = !answered.isBlank() && !answered.equals(asked) && WARNED.add(asked + " " + answered);
        if (news) {
            LOG.warn(
                    "Shopify answers with API version {} although {} was asked: that one is not served any more",
                    answered.replaceAll("[^0-9A-Za-z-]", ""),
                    asked);
        }
        return news;
    }

    private static void put(Map<String, Long> limits, String key, @Nullable Object value) {
        if (value instanceof Number number) {
            limits.put(key, (long) number.doubleValue());
        }
    }
}

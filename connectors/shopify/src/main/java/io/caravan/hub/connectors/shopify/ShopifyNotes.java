package io.caravan.hub.connectors.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an answer tells beside its content: the cost bucket ({@code extensions.cost}), put into the exchange variable
 * {@code limits} for the budgets, and the API version that really answered. Shopify answers an expired version with the
 * oldest supported one and says so in this header alone.
 */
public final class ShopifyNotes {

    private static final Logger LOG = LoggerFactory.getLogger(ShopifyNotes.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    /** Leaves the body as bytes and the variable as it is when the answer tells nothing. */
    public void note(Exchange exchange, String asked) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        exchange.getMessage().setBody(body == null ? new byte[0] : body);
        version(asked, exchange.getMessage().getHeader("X-Shopify-API-Version", "", String.class));
        Map<String, Long> limits = limits(body == null ? new byte[0] : body);
        if (!limits.isEmpty()) {
            exchange.setVariable("limits", limits);
        }
    }

    static Map<String, Long> limits(byte[] body) {
        Map<String, Long> limits = new LinkedHashMap<>();
        try {
            JsonNode status = JSON.readTree(body).at("/extensions/cost/throttleStatus");
            put(limits, "points_remaining", status.path("currentlyAvailable"));
            put(limits, "points_limit", status.path("maximumAvailable"));
            put(limits, "points_per_second", status.path("restoreRate"));
        } catch (IOException e) {
            return limits; // no JSON tells no limits; the next step says what it is
        }
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

    private static void put(Map<String, Long> limits, String key, JsonNode value) {
        if (value.isNumber()) {
            limits.put(key, (long) value.asDouble());
        }
    }
}

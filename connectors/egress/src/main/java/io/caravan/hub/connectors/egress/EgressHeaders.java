package io.caravan.hub.connectors.egress;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * Allow-list for headers in both directions. Camel's own filter strips only {@code Camel*}, so that a stranger's header
 * would reach a vendor, and one vendor's {@code Authorization} the next vendor; 293 names of its catalogue do not start
 * with {@code Camel} at all.
 */
public final class EgressHeaders implements HeaderFilterStrategy {

    private static final Set<String> OUT = Set.of(
            "authorization",
            "x-api-key",
            "x-shopify-access-token",
            "content-type",
            "accept",
            "accept-language",
            "user-agent",
            "idempotency-key",
            "openai-organization",
            "openai-project",
            "cj-access-token");

    private static final Set<String> IN = Set.of(
            "content-type",
            "location",
            "retry-after",
            "retry-after-ms",
            "x-request-id",
            "x-message-id",
            "x-etsy-request-uuid",
            "x-shopify-api-version",
            "x-limit-per-second",
            "x-remaining-this-second",
            "x-limit-per-day",
            "x-remaining-today",
            "x-wp-totalpages");

    /** AliExpress reads site, currency and language from a cookie; one that could hold a session does not go out. */
    private static final Pattern PREFERENCES = Pattern.compile("aep_usuc_f=[a-zA-Z_=&]{1,200}");

    private static final Set<String> IN_PREFIXES = Set.of("x-ratelimit-", "x-apify-pagination-");

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !OUT.contains(lower)
                && !(lower.equals("cookie")
                        && PREFERENCES.matcher(String.valueOf(value)).matches());
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !IN.contains(lower) && IN_PREFIXES.stream().noneMatch(lower::startsWith);
    }
}

package io.caravan.hub.connectors.egress;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Properties;
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

    /** Exchange property: names in lower case of further headers that this one request is to carry, a Set. */
    public static final String ALSO = "hub.egress.also";

    /** Resource of a connector: {@code out} and {@code in}, header names with blanks or commas between them. */
    private static final String NAMES = "egress-headers.properties";

    private static final Set<String> OUT = union(
            Set.of("authorization", "content-type", "accept", "accept-language", "user-agent", "idempotency-key"),
            "out");

    private static final Set<String> IN =
            union(Set.of("content-type", "date", "location", "retry-after", "retry-after-ms", "x-request-id"), "in");

    /** AliExpress reads site, currency and language from a cookie; one that could hold a session does not go out. */
    private static final Pattern PREFERENCES = Pattern.compile("aep_usuc_f=[a-zA-Z_=&]{1,200}");

    private static final Set<String> IN_PREFIXES = Set.of("x-ratelimit-", "x-apify-pagination-");

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !OUT.contains(lower)
                && !(exchange.getProperty(ALSO) instanceof Set<?> also && also.contains(lower))
                && !(lower.equals("cookie")
                        && PREFERENCES.matcher(String.valueOf(value)).matches());
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !IN.contains(lower) && IN_PREFIXES.stream().noneMatch(lower::startsWith);
    }

    /** What HTTP itself needs, and what each connector names in its own {@value #NAMES}. */
    private static Set<String> union(Set<String> general, String direction) {
        Set<String> all = new HashSet<>(general);
        try {
            for (URL file :
                    Collections.list(EgressHeaders.class.getClassLoader().getResources(NAMES))) {
                Properties names = new Properties();
                try (InputStream in = file.openStream()) {
                    names.load(in);
                }
                all.addAll(Arrays.asList(names.getProperty(direction, "")
                        .toLowerCase(Locale.ROOT)
                        .split("[,\\s]+")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(NAMES + " cannot be read", e);
        }
        return Set.copyOf(all);
    }
}

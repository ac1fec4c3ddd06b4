package io.caravan.hub.connectors.egress;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Puts the egress policy on Camel's {@code http} and {@code https} components. Call it before any route starts. */
public final class Egress {

    private static final long LONGEST_MILLIS = 600_000;
    /** The one endpoint whose address our own headers name, see docs/decisions/0011. */
    private static final String NAMED_BY_HEADERS = "address.of.the.connection";

    private Egress() {}

    /** Applies the policy to both components of the context; no host of the operator's own lies inside. */
    public static void apply(CamelContext context, EgressSettings settings) {
        apply(context, settings, Set::of);
    }

    /**
     * Applies the policy to both components of the context.
     *
     * @param own names of hosts, in lower case, that the operator's configuration speaks of: they look public and may
     *     lead inside
     */
    public static void apply(CamelContext context, EgressSettings settings, Supplier<Set<String>> own) {
        apply(context, settings, own, SystemDefaultDnsResolver.INSTANCE);
    }

    static void apply(CamelContext context, EgressSettings settings, Supplier<Set<String>> own, DnsResolver names) {
        context.getCamelContextExtension().addInterceptStrategy(new VendorNames());
        for (String scheme : List.of("http", "https")) {
            apply(context.getComponent(scheme, HttpComponent.class), settings, new PublicNames(names, own));
        }
    }

    /**
     * Names what is unsafe about a live component; empty when it is as {@link #apply} left it. The start-up check reads
     * the component, not the properties: a filter that is never consulted is not a filter.
     */
    public static List<String> faults(HttpComponent http) {
        List<String> faults = new ArrayList<>();
        if (!(http.getHeaderFilterStrategy() instanceof EgressHeaders)) {
            faults.add("headerFilterStrategy is not the egress allow-list");
        }
        if (!(http.getHttpClientConfigurer() instanceof EgressClient)) {
            faults.add("httpClientConfigurer is not the egress client");
        }
        if (!http.isSkipControlHeaders()) {
            faults.add("skipControlHeaders is off: a message could choose the target and read properties");
        }
        if (http.isCopyHeaders()) {
            faults.add("copyHeaders is on: request headers would travel to the next vendor");
        }
        if (http.isFollowRedirects()) {
            faults.add("followRedirects is on: credentials would follow a redirect");
        }
        if (!http.isAutomaticRetriesDisabled()) {
            faults.add("automaticRetriesDisabled is off: a POST would be sent again after 429 and 503");
        }
        if (!http.isCookieManagementDisabled() || http.getCookieStore() != null) {
            faults.add("cookies are kept: those of one account would be sent with the calls of another");
        }
        if (unbounded(http.getResponseTimeout())
                || unbounded(http.getConnectTimeout())
                || unbounded(http.getSoTimeout())
                || unbounded(http.getConnectionRequestTimeout())) {
            faults.add("time-outs are missing or longer than " + LONGEST_MILLIS / 60_000 + " minutes");
        }
        return faults;
    }

    /** The same for one endpoint, which may have options of its own. */
    public static List<String> faults(HttpEndpoint http) {
        List<String> faults = new ArrayList<>();
        if (!(http.getHeaderFilterStrategy() instanceof EgressHeaders)) {
            faults.add("headerFilterStrategy is not the egress allow-list");
        }
        if (!(http.getHttpClientConfigurer() instanceof EgressClient)) {
            faults.add("httpClientConfigurer is not the egress client");
        }
        if (http.isCopyHeaders()) {
            faults.add("copyHeaders is on: request headers would travel to the next vendor");
        }
        if (http.isFollowRedirects()) {
            faults.add("followRedirects is on: credentials would follow a redirect");
        }
        if (!http.isSkipControlHeaders()
                && !NAMED_BY_HEADERS.equals(http.getHttpUri().getHost())) {
            faults.add("skipControlHeaders is off: a message could choose the target and read properties");
        }
        if (http.getCookieHandler() != null) {
            faults.add("cookies are kept: those of one account would be sent with the calls of another");
        }
        if (http.isThrowExceptionOnFailure()) {
            faults.add("throwExceptionOnFailure is on: the vendor's answer would stand in an exception");
        }
        if (unbounded(http.getResponseTimeout())
                || unbounded(http.getConnectTimeout())
                || unbounded(http.getSoTimeout())) {
            faults.add("time-outs are missing or longer than " + LONGEST_MILLIS / 60_000 + " minutes");
        }
        return faults;
    }

    private static boolean unbounded(long millis) {
        return millis <= 0 || millis > LONGEST_MILLIS;
    }

    private static void apply(HttpComponent http, EgressSettings settings, DnsResolver names) {
        http.setHeaderFilterStrategy(new EgressHeaders());
        http.setHttpClientConfigurer(new EgressClient(settings));
        http.setClientConnectionManager(pool(settings, names));
        http.setAutomaticRetriesDisabled(true);
        http.setSkipControlHeaders(true);
        http.setCopyHeaders(false);
        http.setFollowRedirects(false);
        http.setCookieManagementDisabled(true);
        http.setAuthCachingDisabled(true);
        http.setMuteException(true);
        http.setConnectionRequestTimeout(settings.connect().toMillis());
        http.setConnectTimeout(settings.connect().toMillis());
        http.setResponseTimeout(settings.response().toMillis());
        http.setSoTimeout(settings.response().toMillis());
    }

    private static PoolingHttpClientConnectionManager pool(EgressSettings settings, DnsResolver names) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(settings.connectionsPerHost())
                .setMaxConnTotal(settings.connectionsPerHost() * 8)
                .setConnectionFactory(new FaultPointConnections())
                .setDnsResolver(names)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connect()))
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build())
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setSoTimeout(Timeout.of(settings.response()))
                        .build())
                .build();
    }
}

package io.caravan.hub.config.web;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.caravan.hub.config.settings.HubProperties;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * One bucket for each API key, on each node. Tells its state in both families of headers; {@code X-RateLimit-Reset} is
 * in seconds from now, as the {@code t} of {@code RateLimit} is.
 */
public final class RateLimitFilter extends OncePerRequestFilter {

    private final HubProperties.Rate rate;
    private final LoadingCache<String, Bucket> buckets;

    public RateLimitFilter(HubProperties.Rate rate) {
        this.rate = rate;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfterAccess(Duration.ofMinutes(10))
                .build(key -> Bucket.builder()
                        .addLimit(Bandwidth.builder()
                                .capacity(rate.burst())
                                .refillGreedy(rate.perSecond(), Duration.ofSeconds(1))
                                .build())
                        .build());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        RequestContext context = RequestContext.find(request);
        if (context == null || context.caller() == null) {
            chain.doFilter(request, response);
            return;
        }
        ConsumptionProbe probe = buckets.get(context.caller().keyId()).tryConsumeAndReturnRemaining(1);
        long reset = seconds(probe.getNanosToWaitForReset());
        response.setHeader("X-RateLimit-Limit", String.valueOf(rate.burst()));
        response.setHeader("X-RateLimit-Remaining", String.valueOf(probe.getRemainingTokens()));
        response.setHeader("X-RateLimit-Reset", String.valueOf(reset));
        response.setHeader("RateLimit-Policy", "\"key\";q=" + rate.burst() + ";w=" + window());
        response.setHeader("RateLimit", "\"key\";r=" + probe.getRemainingTokens() + ";t=" + reset);
        if (probe.isConsumed()) {
            chain.doFilter(request, response);
            return;
        }
        ProblemWriter.write(
                request,
                response,
                Problem.of(
                        429,
                        "rate-limited",
                        "this API key may send " + rate.perSecond() + " requests a second, " + rate.burst()
                                + " at once",
                        Map.of("per_second", rate.perSecond(), "burst", rate.burst()),
                        Duration.ofNanos(probe.getNanosToWaitForRefill())));
    }

    private long window() {
        return Math.max(1, (rate.burst() + rate.perSecond() - 1L) / rate.perSecond());
    }

    private static long seconds(long nanos) {
        return (nanos + 999_999_999L) / 1_000_000_000L;
    }
}

package io.caravan.hub.config.web;

import io.caravan.hub.config.start.Drain;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses new requests while the hub starts and stops, and tells {@link Drain} of those that run. */
public final class DrainFilter extends OncePerRequestFilter {

    /** Whoever asks these wants to know that it starts. */
    private static final Set<String> PROBES = Set.of("/healthz", "/ready", "/health");

    private final Drain drain;

    public DrainFilter(Drain drain) {
        this.drain = drain;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (drain.starting() && !PROBES.contains(request.getRequestURI())) {
            refuse(request, response, "starting", Duration.ofSeconds(2));
            return;
        }
        if (!drain.enter()) {
            response.setHeader("Connection", "close");
            refuse(request, response, "stopping", Duration.ofSeconds(5));
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            drain.leave(request);
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, String why, Duration wait)
            throws IOException {
        ProblemWriter.write(request, response, Problem.of(503, why, "this node is " + why, Map.of(), wait));
    }
}

package io.caravan.hub.config.web;

import io.caravan.hub.config.start.Drain;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses new requests while the hub stops, and tells {@link Drain} of those that run. */
public final class DrainFilter extends OncePerRequestFilter {

    private final Drain drain;

    public DrainFilter(Drain drain) {
        this.drain = drain;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!drain.enter()) {
            response.setHeader("Connection", "close");
            ProblemWriter.write(
                    request,
                    response,
                    Problem.of(503, "stopping", "this node is stopping", Map.of(), Duration.ofSeconds(5)));
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            drain.leave(request);
        }
    }
}

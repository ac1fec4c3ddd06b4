package io.caravan.hub.config.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes run on the thread that took the request. Camel's own engine gives each request to a second thread and has the
 * servlet container dispatch it a second time, through all filters, when the answer is written; that costs more than
 * most routes do. When most threads are taken, a request waits for its turn as long as others are answered; when a
 * database or a vendor hangs, requests go Camel's way, so that threads for health checks are left.
 */
final class RequestThreads extends SpringBootPlatformHttpEngine {

    private static final Logger LOG = LoggerFactory.getLogger(RequestThreads.class);

    /** Others that are answered within it show that nothing hangs. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Executor others;
    private final Turnstile places;

    /**
     * @param others runs what comes when all are taken and stay so
     * @param most how many of the container's threads routes may have
     */
    RequestThreads(int port, Executor others, int most) {
        super(port, others);
        this.others = others;
        this.places = new Turnstile(most, PATIENCE, System::nanoTime);
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new Consumer(endpoint, processor);
    }

    private final class Consumer extends SpringBootPlatformHttpConsumer {

        Consumer(PlatformHttpEndpoint endpoint, Processor processor) {
            super(endpoint, processor, others);
        }

        /** Null tells Spring that the answer is written. */
        @Override
        public @Nullable CompletableFuture<Void> service(HttpServletRequest request, HttpServletResponse response) {
            if (!places.enter()) {
                return super.service(request, response);
            }
            try {
                handleService(request, response);
            } catch (Exception e) {
                LOG.warn("A request could not be handled: {}", e.getMessage(), e);
                refuse(response);
            } finally {
                places.leave();
            }
            return null;
        }

        private static void refuse(HttpServletResponse response) {
            try {
                if (!response.isCommitted()) {
                    response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
                }
            } catch (java.io.IOException e) {
                LOG.debug("The caller is gone", e);
            }
        }
    }
}

package io.caravan.hub.config.start;

import io.caravan.hub.config.settings.HubProperties;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * When requests are taken. Not before the routes run: the web server listens earlier, and would tell a client that there is
 * nothing under an address that is only not there yet.
 *
 * <p>The order of stopping. Spring turns readiness off and publishes the closing event before any bean stops; here the hub
 * then refuses new requests and waits for those that run. After it Camel stops (no more claims, work in flight gets its
 * time), then the web servers, and as beans are destroyed, last, the connection pool.
 */
@Component
public class Drain {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private final ApplicationContext context;
    private final long waitMillis;
    /** One party for the drain itself, one for each request. */
    private final Phaser running = new Phaser(1);

    private volatile boolean started;
    private volatile boolean stopping;

    public Drain(ApplicationContext context, HubProperties hub) {
        this.context = context;
        this.waitMillis = hub.stop().requests().toMillis();
    }

    /** Until everything runs that answers requests. */
    public boolean starting() {
        return !started;
    }

    @EventListener
    public void onReadiness(AvailabilityChangeEvent<ReadinessState> event) {
        started |= event.getState() == ReadinessState.ACCEPTING_TRAFFIC;
    }

    /** False when no new request may begin. */
    public boolean enter() {
        if (stopping) {
            return false;
        }
        running.register();
        return true;
    }

    /** To be called once for each {@link #enter}; a request that goes on asynchronously leaves when it is done. */
    public void leave(HttpServletRequest request) {
        if (request.isAsyncStarted()) {
            request.getAsyncContext().addListener(new Leaving());
        } else {
            running.arriveAndDeregister();
        }
    }

    @EventListener
    public void onClose(ContextClosedEvent event) {
        if (event.getApplicationContext() != context) {
            return;
        }
        stopping = true;
        LOG.info("Stopping: new requests are refused");
        try {
            running.awaitAdvanceInterruptibly(running.arrive(), waitMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("{} requests still run after {} ms", running.getUnarrivedParties(), waitMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Leaving implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            running.arriveAndDeregister();
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}

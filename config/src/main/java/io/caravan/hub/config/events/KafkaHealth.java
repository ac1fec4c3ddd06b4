package io.caravan.hub.config.events;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.common.errors.AuthenticationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/**
 * Health {@code kafka}. A broker that is away, refuses the login or lacks a topic leaves the hub up: requests are accepted,
 * events wait.
 */
final class KafkaHealth implements HealthIndicator, AutoCloseable {

    private static final Status DEGRADED = new Status("DEGRADED", "events wait for the broker");
    private static final Logger LOG = LoggerFactory.getLogger(KafkaHealth.class);
    private static final String REASON = "reason";
    private static final long PATIENCE_MS = 2_000;
    private static final long REMEMBERED_NANOS = Duration.ofSeconds(5).toNanos();

    private final Map<String, Object> settings;
    private final Supplier<Set<String>> needed;
    private final LongSupplier waiting;
    private @Nullable AdminClient admin;
    private Health last = Health.unknown().build();
    private long asked = System.nanoTime() - REMEMBERED_NANOS;

    /**
     * @param needed topics that the broker should have by now
     * @param waiting counts the events that the broker does not have yet
     */
    KafkaHealth(Map<String, Object> settings, Supplier<Set<String>> needed, LongSupplier waiting) {
        this.settings = settings;
        this.needed = needed;
        this.waiting = waiting;
    }

    /** Asks at most every few seconds: it is read by many. */
    @Override
    public synchronized Health health() {
        if (System.nanoTime() - asked >= REMEMBERED_NANOS) {
            Health now = ask();
            tell(now);
            last = now;
            asked = System.nanoTime();
        }
        return last;
    }

    /** The turn alone: it is asked again and again, and the text of a time-out is another each time. */
    private void tell(Health now) {
        if (now.getStatus().equals(DEGRADED) && !last.getStatus().equals(DEGRADED)) {
            LOG.warn("Kafka: {}", now.getDetails().get(REASON));
        }
    }

    private Health ask() {
        try {
            int nodes = client().describeCluster()
                    .nodes()
                    .get(PATIENCE_MS, TimeUnit.MILLISECONDS)
                    .size();
            Set<String> missing = needed.get();
            missing.removeAll(client().listTopics().names().get(PATIENCE_MS, TimeUnit.MILLISECONDS));
            if (!missing.isEmpty()) {
                return away(Refusal.missing(String.join(", ", missing)));
            }
            return Health.up()
                    .withDetail("brokers", nodes)
                    .withDetail("waiting", count())
                    .build();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            String what = e.getClass().getSimpleName() + ": " + e.getMessage();
            if (Refusal.is(e, AuthenticationException.class)) {
                // a client remembers the refusal until it asks for the brokers again, minutes later
                close();
                return away(Refusal.login() + ": " + what);
            }
            return away(what);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return away("interrupted");
        }
    }

    private Health away(String reason) {
        return Health.status(DEGRADED)
                .withDetail(REASON, reason)
                .withDetail("waiting", count())
                .build();
    }

    private Object count() {
        try {
            return waiting.getAsLong();
        } catch (RuntimeException e) {
            return "cannot be told now";
        }
    }

    /** Made when somebody asks: a name that cannot be resolved yet must not stop the start. */
    private AdminClient client() {
        AdminClient open = admin;
        if (open == null) {
            open = AdminClient.create(settings);
            admin = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }
}

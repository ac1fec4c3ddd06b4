package io.caravan.hub.config.events;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.AdminClient;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/** Health {@code kafka}. A broker that is away leaves the hub up: requests are accepted, events wait. */
final class KafkaHealth implements HealthIndicator, AutoCloseable {

    private static final Status DEGRADED = new Status("DEGRADED", "events wait until the broker is back");
    private static final long PATIENCE_MS = 2_000;
    private static final long REMEMBERED_NANOS = Duration.ofSeconds(5).toNanos();

    private final Map<String, Object> settings;
    private final LongSupplier waiting;
    private @Nullable AdminClient admin;
    private Health last = Health.unknown().build();
    private long asked = System.nanoTime() - REMEMBERED_NANOS;

    /** @param waiting counts the events that the broker does not have yet */
    KafkaHealth(Map<String, Object> settings, LongSupplier waiting) {
        this.settings = settings;
        this.waiting = waiting;
    }

    /** Asks at most every few seconds: it is read by many. */
    @Override
    public synchronized Health health() {
        if (System.nanoTime() - asked >= REMEMBERED_NANOS) {
            last = ask();
            asked = System.nanoTime();
        }
        return last;
    }

    private Health ask() {
        try {
            int nodes = client().describeCluster()
                    .nodes()
                    .get(PATIENCE_MS, TimeUnit.MILLISECONDS)
                    .size();
            return Health.up()
                    .withDetail("brokers", nodes)
                    .withDetail("waiting", count())
                    .build();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            return away(e.getClass().getSimpleName() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return away("interrupted");
        }
    }

    private Health away(String reason) {
        return Health.status(DEGRADED)
                .withDetail("reason", reason)
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
        }
    }
}

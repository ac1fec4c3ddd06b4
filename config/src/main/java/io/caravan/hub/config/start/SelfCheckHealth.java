package io.caravan.hub.config.start;

import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/** Health {@code selfCheck}: what a start would refuse now, for instance a component that somebody changed since. */
final class SelfCheckHealth implements HealthIndicator {

    /** Not down: requests are served. */
    private static final Status DEGRADED = new Status("DEGRADED", "the next start would be refused");

    private static final long REMEMBERED_NANOS = 60_000_000_000L;

    private final Supplier<List<String>> check;
    private List<String> faults = List.of();
    private long read = System.nanoTime() - REMEMBERED_NANOS;

    SelfCheckHealth(Supplier<List<String>> check) {
        this.check = check;
    }

    /** Looks at most once a minute: it is asked by many. */
    @Override
    public synchronized Health health() {
        if (System.nanoTime() - read >= REMEMBERED_NANOS) {
            faults = look();
            read = System.nanoTime();
        }
        return faults.isEmpty()
                ? Health.up().build()
                : Health.status(DEGRADED).withDetail("faults", faults).build();
    }

    /** A database that is away is said by its own indicator; here it only means that nobody can tell. */
    private List<String> look() {
        try {
            return check.get();
        } catch (RuntimeException e) {
            return List.of("cannot be told now: " + e.getMessage());
        }
    }
}

package io.caravan.hub.config.files;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/**
 * Health {@code files}: whether what lies on the disk now could be used. A broken edit harms nobody at once, because the
 * hub goes on with what was good last, but the next start would refuse it: said here, and in the log when it begins and
 * when it ends.
 */
final class FilesHealth implements HealthIndicator, DisposableBean {

    /** Not down: requests are served. */
    static final Status DEGRADED = new Status("DEGRADED", "a file of a person is broken");

    private static final Logger LOG = LoggerFactory.getLogger(FilesHealth.class);

    private final HubFiles files;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "files-health");
        thread.setDaemon(true);
        return thread;
    });
    private volatile List<String> faults = List.of();

    FilesHealth(HubFiles files, long everySeconds) {
        this.files = files;
        clock.scheduleWithFixedDelay(this::look, everySeconds, everySeconds, TimeUnit.SECONDS);
    }

    /** Reads every file again. */
    synchronized void look() {
        List<String> found;
        try {
            found = files.faults();
        } catch (RuntimeException e) {
            found = List.of(String.valueOf(e.getMessage()));
        }
        List<String> before = faults;
        faults = found;
        found.stream()
                .filter(fault -> !before.contains(fault))
                .forEach(fault -> LOG.warn("A file is broken, the hub goes on with the last good one: {}", fault));
        if (found.isEmpty() && !before.isEmpty()) {
            LOG.info("Every file can be used again");
        }
    }

    @Override
    public Health health() {
        List<String> now = faults;
        return now.isEmpty()
                ? Health.up().build()
                : Health.status(DEGRADED).withDetail("faults", now).build();
    }

    @Override
    public void destroy() {
        clock.shutdownNow();
    }
}

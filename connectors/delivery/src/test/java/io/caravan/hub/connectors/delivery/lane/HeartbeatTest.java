package io.caravan.hub.connectors.delivery.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.Rig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private final AtomicInteger halts = new AtomicInteger();

    @Test
    void haltsAProcessThatWasHeldUpForMoreThanHalfALeaseWithWorkInFlight() {
        try (Rig rig = Rig.on(Database.H2)) {
            Duration lease = Duration.ofSeconds(60);
            Heartbeat heartbeat = new Heartbeat(new Lanes(rig.db, "me", lease), lease, halts::incrementAndGet);
            long start = System.nanoTime();
            heartbeat.beat(start);
            heartbeat.beat(start + Duration.ofSeconds(50).toNanos());
            assertThat(halts).as("nothing in flight, nothing to send twice").hasValue(0);

            heartbeat.add(new Lease("acme|a", 1, start + lease.toNanos()));
            heartbeat.beat(start + Duration.ofSeconds(79).toNanos());
            assertThat(halts).hasValue(0);
            heartbeat.beat(start + Duration.ofSeconds(110).toNanos());
            assertThat(halts).hasValue(1);
        }
    }
}

package io.caravan.hub.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.proof.lab.Events;
import io.caravan.hub.proof.lab.HubProcess;
import io.caravan.hub.proof.lab.Lab;
import io.caravan.hub.proof.lab.Load;
import io.caravan.hub.proof.lab.Oracle;
import io.caravan.hub.proof.lab.Postgres;
import io.caravan.hub.proof.lab.Proof;
import io.caravan.hub.proof.lab.Seed;
import io.caravan.hub.proof.lab.Wait;
import io.caravan.hub.routes.events.broker.BrokerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hubs on one PostgreSQL whose events go through one Kafka broker. The broker is not there at first, is killed and is
 * stopped; hubs are killed at the points around it, stopped for longer than their session, and get every record again.
 */
class EventsTest {

    private static final Duration SESSION = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(150);

    /** Between the outbox and the broker, and between the broker and the inbox; the number of the passing is drawn. */
    private static final List<String> POINTS = List.of(
            "CP30", "CP27@event.publish", "CP29", "CP31", "CP26", "CP28", "CP24@event.publish", "CP25@event.publish");

    private static final int TROUBLES = Proof.rounds(1, 10);
    private static final int KILLS = TROUBLES * Proof.times(2, 4);

    /** What the hub's clients wait for an answer ({@code EventsConfiguration}). */
    private static final Duration REQUEST = Duration.ofSeconds(8);

    @RegisterExtension
    final Seed seed = new Seed();

    @TempDir
    Path folder;

    private Lab lab;
    private Postgres postgres;
    private BrokerProcess broker;
    private Events events;
    private HubProcess a;
    private HubProcess b;

    @BeforeEach
    void open() throws Exception {
        lab = Lab.open(folder.resolve("lab")).over("proof/events");
        postgres = lab.with(Postgres.start(lab.folder().resolve("postgres")));
        broker = lab.with(BrokerProcess.at(lab.folder().resolve("kafka")));
        events = new Events(broker, postgres, lab.oracle());
        Map<String, String> properties = new LinkedHashMap<>(postgres.properties());
        properties.putAll(Events.properties(broker, SESSION));
        a = lab.hub("a", lab.vendors().url(), properties);
        b = lab.hub("b", lab.vendors().url(), properties);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void shouldGiveEachSubscriberEachEventOnceWhateverIsKilled() throws Exception {
        Random random = seed.random();
        a.arm(point(0, random)).start();
        a.awaitReady();
        Load load = lab.tell(List.of(a, b), 6, Duration.ofMillis(60), random);
        try (load) {
            startsWithoutItsBroker(load);
            b.arm(point(1, random)).start();
            awaitHalts(2, load);
            for (int kills = 2; kills < KILLS; kills++) {
                HubProcess hub = kills % 2 == 0 ? a : b;
                hub.awaitReady().kill();
                hub.arm(point(kills, random)).start();
                awaitHalts(kills + 1, load);
            }
            for (int i = 0; i < TROUBLES; i++) {
                trouble(i, random, load);
            }
            a.awaitReady();
            b.awaitReady();
            awaitAcknowledged(load);
        }
        events.awaitQuiet(lab::tails);
        long again = everyRecordAgain();
        judge(again, load);
    }

    /** Requests are accepted, the health says what is wrong, and what waited goes out when the broker is there. */
    private void startsWithoutItsBroker(Load load) throws Exception {
        awaitAcknowledged(load);
        Wait.until("events wait", SOON, () -> events.waiting() > 5, a::tail);
        assertThat(a.health("kafka")).contains("DEGRADED").contains("waiting");
        broker.start().awaitReady();
        int before = lab.oracle().acknowledged();
        Wait.until(
                "events come to the subscribers",
                SOON,
                () -> events.told(Events.SUBSCRIBERS.get(0)).size() >= before,
                a::tail);
        Wait.until("health", SOON, () -> a.health("kafka").contains("UP"), a::tail);
    }

    private void trouble(int number, Random random, Load load) throws Exception {
        broker.kill();
        TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(Proof.times(1_000, 20_000)));
        broker.start().awaitReady();
        HubProcess hub = number % 2 == 0 ? a : b;
        hub.awaitReady().pause();
        TimeUnit.MILLISECONDS.sleep(SESSION.toMillis() + 500 + random.nextInt(Proof.times(500, 6_000)));
        hub.resume();
        awaitAcknowledged(load);
        if (Proof.LONG) {
            broker.pause();
            TimeUnit.MILLISECONDS.sleep(REQUEST.toMillis() + 500 + random.nextInt(12_000));
            broker.resume();
            awaitAcknowledged(load);
        }
    }

    private static String point(int number, Random random) {
        return POINTS.get(number % POINTS.size()) + ":" + (5 + random.nextInt(20));
    }

    private void awaitHalts(int kills, Load load) {
        Wait.until(
                "each armed hub halted at its point",
                SOON,
                () -> a.halted() + b.halted() >= kills,
                () -> load.statuses() + lab.tails());
    }

    private void awaitAcknowledged(Load load) {
        int now = lab.oracle().acknowledged();
        Wait.until(
                "requests are accepted",
                SOON,
                () -> lab.oracle().acknowledged() >= now + 20,
                () -> load.statuses() + lab.tails());
    }

    /** @return how many there were */
    private long everyRecordAgain() throws Exception {
        a.end();
        b.end();
        long records = events.forget();
        a.start();
        a.awaitReady();
        events.awaitQuiet(lab::tails);
        a.end();
        return records;
    }

    private void judge(long again, Load load) throws Exception {
        long told = Long.parseLong(postgres.texts("select count(*) from outbox where topic = 'proof.told'")
                .get(0));
        Events.Read outside = events.read();
        for (String subscriber : Events.SUBSCRIBERS) {
            List<String> got = events.told(subscriber);
            Oracle.Verdict verdict = lab.oracle().judge(got, Set.of());
            Proof.tell(
                    "events at %s: %d kills at their points, %d troubles, %d acknowledged, %d events, %d records all given"
                            + " twice, %d work, %s; answers %s",
                    subscriber,
                    a.halted() + b.halted(),
                    TROUBLES,
                    lab.oracle().acknowledged(),
                    told,
                    again,
                    got.size(),
                    verdict,
                    load.statuses());
            assertThat(verdict.clean()).as("%s%n%s", verdict, lab.tails()).isTrue();
            assertThat(got).as("as many as there are events").hasSize((int) told);
        }
        assertThat(lab.oracle().judge(outside.items(), Set.of()).clean())
                .as("for a reader outside: each at least once, the first ones in order")
                .isTrue();
        assertThat(outside.records()).isGreaterThanOrEqualTo(told);
        assertThat(postgres.texts("select message from dead"))
                .as("dead letters")
                .isEmpty();
        assertThat(load.strange().stream().limit(5)).as("answers").isEmpty();
    }
}

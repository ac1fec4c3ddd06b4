package io.caravan.hub.connectors.delivery.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.Page;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.Rig;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobTest {

    private static JobView view(DeliveryEngine engine, String job) {
        return engine.jobs().find(Rig.ACCOUNT, job).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void aJobGoesFromPendingThroughRunningToCompletedWithItsOutcome(Database database) throws Exception {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start(s -> s.withSubscribers(Map.of("done", List.of("third"))), Limits.none());
            String job = engine.jobs().open(Rig.ACCOUNT, "research", "t1");
            engine.work().insert(Rig.work("first", "a").withJob(job));
            assertThat(view(engine, job).status()).isEqualTo(JobStatus.PENDING);

            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            engine.register(Rig.handler("first", 1, item -> {
                engine.jobs().progress("asking TikTok");
                begun.countDown();
                go.await(60, TimeUnit.SECONDS);
                engine.work().insert(Rig.work("second", "b"));
            }));
            engine.register(Rig.handler("second", 1, item -> {
                engine.jobs().outcome(Map.of("listing_id", "l1"));
                engine.outbox().publish(Rig.ACCOUNT, "done", "b", "{}", null, item.jobId());
            }));
            engine.register(Rig.handler("third", 1, item -> {}));
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(view(engine, job).status()).isEqualTo(JobStatus.RUNNING);
            assertThat(view(engine, job).progress()).isEqualTo("asking TikTok");
            go.countDown();
            Rig.eventually().until(() -> view(engine, job).status() == JobStatus.COMPLETED);

            JobView end = view(engine, job);
            assertThat(end.outcome()).isEqualTo(Map.of("listing_id", "l1"));
            assertThat(end.done()).as("the subscriber's work belongs to it").isEqualTo(3);
            assertThat(end.total()).isEqualTo(3);
            assertThat(engine.jobs().find(new AccountId("other"), job)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeadLetterFailsTheJobAndItsReplayCompletesIt(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start();
            String job = engine.jobs().open(Rig.ACCOUNT, "publish", null);
            String id = engine.work().insert(Rig.work("publish", "a").withJob(job));
            engine.register(Rig.handler("publish", 1, item -> {
                if (item.payload().contains("cat")) {
                    throw new VendorException(ErrorKind.REJECTED, "etsy", "no", 400, "no cats", "");
                }
            }));
            Rig.eventually().until(() -> view(engine, job).status() == JobStatus.FAILED);
            assertThat(view(engine, job).causes()).containsExactly("publish: etsy: no cats");

            engine.deadLetters().edit(Rig.ACCOUNT, id, Map.of("title", "dog"), "no cats", "ann");
            engine.deadLetters().replay(Rig.ACCOUNT, id, "ann", "edited");
            Rig.eventually().until(() -> view(engine, job).status() == JobStatus.COMPLETED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aParkedJobSaysWhyAndACancelledOneStopsBeforeItsNextItem(Database database) throws Exception {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start();
            String parked = engine.jobs().open(Rig.ACCOUNT, "publish", null);
            engine.work().insert(Rig.work("broke", "a").withJob(parked));
            engine.register(Rig.handler("broke", 1, item -> {
                throw new VendorException(ErrorKind.EXHAUSTED, "openai", "insufficient_quota", 429, "top up", "");
            }));
            Rig.eventually().until(() -> view(engine, parked).status() == JobStatus.PARKED);
            assertThat(view(engine, parked).causes()).containsExactly("broke: openai: top up");

            String job = engine.jobs().open(Rig.ACCOUNT, "publish", null);
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            engine.register(Rig.handler("first", 1, item -> {
                begun.countDown();
                go.await(60, TimeUnit.SECONDS);
                engine.work().insert(Rig.work("first", "c"));
            }));
            engine.work().insert(Rig.work("first", "b").withJob(job));
            String waiting = engine.work().insert(Rig.work("first", "b").withJob(job));
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(engine.jobs().cancel(new AccountId("other"), job, "eve", "x"))
                    .isFalse();
            assertThat(engine.jobs().cancel(Rig.ACCOUNT, job, "ann", "changed my mind"))
                    .isTrue();
            assertThat(rig.state(waiting)).isEqualTo("CANCELLED");
            go.countDown();
            Rig.eventually().until(() -> view(engine, job).status() == JobStatus.CANCELLED);
            assertThat(rig.count("SELECT COUNT(*) FROM work WHERE job_id = ? AND state = 'DONE'", job))
                    .isEqualTo(1);
            assertThat(rig.count("SELECT COUNT(*) FROM work WHERE job_id = ?", job))
                    .isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void jobsAreListedNewestFirstInPages(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start();
            for (int i = 0; i < 5; i++) {
                engine.jobs().open(Rig.ACCOUNT, "k" + i, null);
            }
            Page<JobView> first = engine.jobs().list(Rig.ACCOUNT, null, 3);
            Page<JobView> rest = engine.jobs().list(Rig.ACCOUNT, first.next(), 3);
            assertThat(first.items()).hasSize(3);
            assertThat(rest.items()).hasSize(2);
            assertThat(rest.next()).isNull();
            assertThat(first.items()).doesNotContainAnyElementsOf(rest.items());
        }
    }
}

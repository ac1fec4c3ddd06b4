package io.caravan.hub.config.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.port.Writes;
import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.SignalBatch;
import io.caravan.hub.model.trend.Trend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrendsTest {

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldBeCompleteOnlyWhenEveryRunIsRecordedAndNothingIsMerged(Database database) {
        Fixture hub = new Fixture(database);
        String cycle = Fixture.text(hub.cycles.begin(hub.account, null, "work-1", null), "cycle_id");

        hub.runs.recordRun(hub.account, cycle, "tiktok", null, null, batch("tiktok"), null, hub.began());
        assertThat(hub.cycles.cycleComplete(hub.account, cycle)).isFalse();

        hub.runs.recordOff(hub.account, cycle, "google-trends", "no connection");
        assertThat(hub.cycles.cycleComplete(hub.account, cycle)).isTrue();
        assertThat(hub.cycles.cycleComplete(hub.stranger, cycle)).isFalse();

        hub.trends.save(hub.account, cycle, List.of());
        assertThat(hub.cycles.cycleComplete(hub.account, cycle)).isFalse();
        assertThatThrownBy(() -> hub.trends.save(hub.account, cycle, List.of()))
                .isInstanceOf(ConcurrentModificationException.class);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldOpenTheSameCycleWhenAWorkItemRunsAgain(Database database) {
        Fixture hub = new Fixture(database);

        Map<String, Object> first = hub.cycles.begin(hub.account, null, "work-1", Map.of("source", "tiktok"));
        Map<String, Object> again = hub.cycles.begin(hub.account, null, "work-1", Map.of("source", "tiktok"));

        assertThat(again).isEqualTo(first);
        assertThat(first.get("polls"))
                .asInstanceOf(LIST)
                .containsExactly(Map.of("cycle_id", first.get("cycle_id"), "source", "tiktok"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldRefuseASourceThatIsNotThere(Database database) {
        Fixture hub = new Fixture(database);

        assertThatThrownBy(() -> hub.cycles.begin(hub.account, null, null, Map.of("sources", List.of("myspace"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("myspace")
                .hasMessageContaining("tiktok");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldGiveSignalsBackAsTheyWereRecordedEvenWhenARunIsRecordedTwice(Database database) {
        Fixture hub = new Fixture(database);
        String cycle = Fixture.text(hub.cycles.begin(hub.account, null, null, null), "cycle_id");
        List<Signal> signals =
                List.of(Fixture.signal("tiktok", "v1", "cats", 10), Fixture.signal("tiktok", "v1", "dogs", 10));
        SignalBatch batch = new SignalBatch("tiktok", 1, signals, Map.of());

        hub.runs.recordRun(hub.account, cycle, "tiktok", null, null, batch, null, hub.began());
        hub.runs.recordRun(hub.account, cycle, "tiktok", null, null, batch, null, hub.began());

        assertThat(hub.cycles.signalsOf(hub.account, cycle)).isEqualTo(signals);
        assertThat(hub.cycles.signalsOf(hub.stranger, cycle)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldTellHowEachSourceDid(Database database) {
        Fixture hub = new Fixture(database);
        String cycle = Fixture.text(hub.cycles.begin(hub.account, null, null, null), "cycle_id");
        VendorException down =
                new VendorException(ErrorKind.TRANSIENT, "tiktok", "time-out", 504, "no answer", "{\"secret\":1}");

        hub.runs.recordRun(
                hub.account, cycle, "tiktok", true, null, batch("curated"), new RuntimeException(down), hub.began());
        hub.runs.recordRun(
                hub.account, cycle, "google-trends", null, null, "", new IllegalStateException("boom"), hub.began());

        Map<String, Object> fallback = source(hub, "tiktok");
        assertThat(fallback)
                .containsEntry("state", "fallback")
                .containsEntry("fetched", 2)
                .containsEntry("accepted", 1);
        assertThat(fallback.get("rejected")).isEqualTo(Map.of("no-title", 1));
        assertThat(fallback.get("failure"))
                .asInstanceOf(MAP)
                .containsEntry("kind", "transient")
                .containsEntry("status", 504)
                .doesNotContainValue("{\"secret\":1}");
        assertThat(source(hub, "google-trends"))
                .containsEntry("state", "failed")
                .containsEntry("circuit", "unknown");

        hub.trends.save(hub.account, cycle, List.of());
        assertThat(hub.reads
                        .sql("select fallback from trend_cycle where account = ? and id = ?")
                        .params(hub.account.value(), cycle)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldSayNeverOfASourceThatHasNotRun(Database database) {
        Fixture hub = new Fixture(database);

        assertThat(source(hub, "tiktok")).containsEntry("state", "never");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldNeitherRepeatNorHideATrendWhileOthersAreInsertedBetweenPages(Database database) {
        Fixture hub = new Fixture(database);
        List<Trend> before = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            before.add(hub.trend("old " + i, 50 + i / 3, "tiktok"));
        }
        hub.cycle(before.toArray(Trend[]::new));

        List<String> seen = new ArrayList<>();
        Object cursor = "";
        int page = 0;
        do {
            Map<String, Object> answer = hub.trendPages.page(hub.account, Map.of("limit", "3", "cursor", cursor));
            items(answer).forEach(item -> seen.add(Fixture.text(item, "keyword")));
            cursor = answer.get("next");
            hub.cycle(hub.trend("new top " + page, 90, "tiktok"), hub.trend("new bottom " + page++, 1, "tiktok"));
        } while (cursor != null);

        assertThat(seen)
                .doesNotHaveDuplicates()
                .containsAll(before.stream().map(Trend::keyword).toList());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldFilterByScoreSourceAndText(Database database) {
        Fixture hub = new Fixture(database);
        hub.cycle(
                hub.trend("100% cotton Cats", 80, "tiktok"),
                hub.trend("cats", 40, "google-trends", "tiktok"),
                hub.trend("1000 dogs", 60, "google_trends"));

        assertThat(keywords(hub, Map.of("min_score", "60"))).containsExactly("100% cotton Cats", "1000 dogs");
        assertThat(keywords(hub, Map.of("source", "google-trends"))).containsExactly("cats");
        assertThat(keywords(hub, Map.of("q", "CATS"))).containsExactly("100% cotton Cats", "cats");
        assertThat(keywords(hub, Map.of("q", "100%"))).containsExactly("100% cotton Cats");
        assertThat(hub.trendPages.page(hub.stranger, Map.of()).get("items"))
                .asInstanceOf(LIST)
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldRefuseACursorThatIsNotOurs(Database database) {
        Fixture hub = new Fixture(database);

        assertThatThrownBy(() -> hub.trendPages.page(hub.account, Map.of("cursor", "bm90IG9uZQ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cursor");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldKeepTheNewestScoreAndHideATrendFromOtherAccounts(Database database) {
        Fixture hub = new Fixture(database);
        hub.cycle(hub.trend("cats", 40, "tiktok"));
        Trend newest = hub.trend("cats", 70, "google-trends", "tiktok");
        hub.cycle(newest);

        assertThat(hub.trends.load(hub.account, Map.of("trend_id", newest.id())))
                .isEqualTo(newest);
        assertThat(hub.trendPages.get(hub.account, Map.of("id", newest.id())))
                .containsEntry("score", 70)
                .containsEntry("sources", List.of("google-trends", "tiktok"))
                .containsEntry("observed_at", "2026-05-04T09:00:00Z");
        assertThatThrownBy(() -> hub.trendPages.get(hub.stranger, Map.of("id", newest.id())))
                .isInstanceOf(NoSuchElementException.class);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldOfferTheBestTrendsThatHaveNoRecentIdea(Database database) {
        Fixture hub = new Fixture(database);
        Trend best = hub.trend("best", 90, "tiktok");
        Trend second = hub.trend("second", 80, "tiktok");
        hub.cycle(best, second, hub.trend("weak", 20, "tiktok"));
        hub.drafted(best);

        assertThat(hub.trends.topForIdeas(hub.account, 50, 5))
                .extracting(payload -> payload.get("trend_id"))
                .containsExactly(second.id());

        hub.clock.move(Duration.ofDays(31));
        assertThat(hub.trends.topForIdeas(hub.account, 50, 1))
                .containsExactly(Ideas.payload(hub.account, best.id(), 2));
    }

    /** A unit that commits later, as a work item does. */
    private static final class LateUnit implements Writes {
        private final List<Statements> deferred = new ArrayList<>();
        private final Writes atOnce;

        LateUnit(Database database) {
            atOnce = Database.atOnce(database.dataSource());
        }

        @Override
        public void write(String what, Statements statements) {
            deferred.add(statements);
        }

        void commit() {
            atOnce.write("unit", connection -> {
                for (Statements statements : deferred) {
                    statements.on(connection);
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldGiveEachTrendToOneOfTwoChoicesAtTheSameTime(Database database) {
        Fixture hub = new Fixture(database);
        Trend best = hub.trend("best", 90, "tiktok");
        Trend second = hub.trend("second", 80, "tiktok");
        hub.cycle(best, second);

        LateUnit one = new LateUnit(database);
        LateUnit other = new LateUnit(database);
        List<Map<String, Object>> taken = hub.trends(one).topForIdeas(hub.account, 50, 1);
        assertThat(hub.trends(other).topForIdeas(hub.account, 50, 1)).isEqualTo(taken);
        one.commit();
        assertThatThrownBy(other::commit).isInstanceOf(ConcurrentModificationException.class);

        LateUnit again = new LateUnit(database);
        assertThat(hub.trends(again).topForIdeas(hub.account, 50, 1))
                .extracting(payload -> payload.get("trend_id"))
                .containsExactly(second.id());
        again.commit();
        assertThat(hub.trends.topForIdeas(hub.account, 50, 5)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldNotChooseByItselfWhatAPersonAskedFor(Database database) {
        Fixture hub = new Fixture(database);
        Trend best = hub.trend("best", 90, "tiktok");
        hub.cycle(best);
        hub.ideas.request(hub.account, Map.of("trend_id", best.id()));
        assertThat(hub.trends.topForIdeas(hub.account, 50, 5)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldGoOnWithoutASourceWhosePollDiedAndSayWhy(Database database) {
        Fixture hub = new Fixture(database);
        String cycle = Fixture.text(hub.cycles.begin(hub.account, null, null, null), "cycle_id");
        hub.runs.recordRun(hub.account, cycle, "google-trends", null, 0L, batch("google-trends"), null, hub.began());
        assertThat(hub.cycles.cycleComplete(hub.account, cycle)).isFalse();

        hub.runs.recordLost(
                hub.account,
                Map.of("cycle_id", cycle, "source", "tiktok", "cause", "invalid", "reason", "curated.yaml at line 3"));

        assertThat(hub.cycles.cycleComplete(hub.account, cycle)).isTrue();
        assertThat(source(hub, "tiktok")).containsEntry("state", "failed");
        assertThat(String.valueOf(source(hub, "tiktok").get("failure"))).contains("invalid", "curated.yaml at line 3");
        hub.trends.save(hub.account, cycle, List.of());
        assertThat(fellBack(hub, cycle)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldEndACycleThatIsOverdueWhateverItWaitsFor(Database database) {
        Fixture hub = new Fixture(database);
        String cycle = Fixture.text(hub.cycles.begin(hub.account, null, null, null), "cycle_id");
        hub.runs.recordRun(hub.account, cycle, "google-trends", null, 0L, batch("google-trends"), null, hub.began());
        assertThat(overdue(hub)).isEmpty();

        hub.clock.move(Duration.ofMinutes(61));
        assertThat(overdue(hub)).containsExactly(cycle);
        assertThat(hub.cycles.expire(hub.account, Map.of("cycle_id", cycle))).containsEntry("cycle_id", cycle);
        assertThat(source(hub, "tiktok")).containsEntry("state", "failed");
        assertThat(source(hub, "google-trends")).containsEntry("state", "ok");
        assertThat(hub.cycles.expire(hub.account, Map.of("cycle_id", cycle)))
                .as("the merge has its time")
                .isNull();
        assertThat(overdue(hub)).containsExactly(cycle);

        hub.clock.move(Duration.ofMinutes(61));
        assertThat(hub.cycles.expire(hub.account, Map.of("cycle_id", cycle))).isNull();
        assertThat(overdue(hub)).isEmpty();
        assertThat(fellBack(hub, cycle)).isTrue();
    }

    private static List<Object> overdue(Fixture hub) {
        return hub.cycles.overdue().stream()
                .filter(cycle -> hub.account.equals(cycle.get("account")))
                .map(cycle -> Objects.requireNonNull(cycle.get("cycle_id")))
                .toList();
    }

    private static boolean fellBack(Fixture hub, String cycle) {
        return hub.reads
                .sql("select fallback from trend_cycle where account = ? and id = ? and finished_at is not null")
                .params(hub.account.value(), cycle)
                .query(Boolean.class)
                .single();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldDeleteOldSignalsAndKeepTrends(Database database) {
        Fixture hub = new Fixture(database);
        Trend trend = hub.trend("cats", 40, "tiktok");
        String cycle = hub.cycle(trend);

        hub.clock.move(Duration.ofDays(31));
        assertThat(hub.cycles.prune()).isPositive();

        assertThat(hub.cycles.signalsOf(hub.account, cycle)).isEmpty();
        assertThat(hub.trends.load(hub.account, Map.of("trend_id", trend.id()))).isEqualTo(trend);
    }

    private static SignalBatch batch(String source) {
        return new SignalBatch(source, 2, List.of(Fixture.signal(source, "v1", "cats", 10)), Map.of("no-title", 1));
    }

    private static Map<String, Object> source(Fixture hub, String name) {
        return items(hub.trendPages.sources(hub.account)).stream()
                .filter(item -> name.equals(item.get("source")))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> keywords(Fixture hub, Map<String, Object> query) {
        return items(hub.trendPages.page(hub.account, query)).stream()
                .map(item -> Fixture.text(item, "keyword"))
                .toList();
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> items(Map<String, Object> page) {
        return (List<Map<String, Object>>) Objects.requireNonNull(page.get("items"));
    }
}

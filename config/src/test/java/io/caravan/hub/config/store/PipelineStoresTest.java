package io.caravan.hub.config.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.model.Refs;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.port.Writes;
import io.caravan.hub.model.trend.Trend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PipelineStoresTest {

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldGiveEachIdeaOfATrendItsOwnGenerationAndId(Database database) {
        Fixture hub = new Fixture(database);
        Trend trend = scored(hub);

        Map<String, Object> first = hub.drafted(trend);
        Map<String, Object> second = hub.ideas.request(hub.account, Map.of("trend_id", trend.id()));

        assertThat(first)
                .containsEntry("generation", 1)
                .containsEntry("idea_id", Refs.of(hub.account.value(), "idea", trend.id(), "1"));
        assertThat(second)
                .containsEntry("generation", 2)
                .containsEntry("idea_id", Refs.of(hub.account.value(), "idea", trend.id(), "2"));
        assertThatThrownBy(() -> hub.ideas.request(hub.stranger, Map.of("trend_id", trend.id())))
                .isInstanceOf(NoSuchElementException.class);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldKeepAnIdeaOnceHoweverOftenItsWorkRuns(Database database) {
        Fixture hub = new Fixture(database);
        Map<String, Object> item = hub.drafted(scored(hub));

        hub.ideas.draft(hub.account, item, Fixture.idea(), "idea.v2", "other", 1L, hub.began());

        assertThat(hub.ideas.load(hub.account, item)).isEqualTo(Fixture.idea());
        assertThat(hub.ideaPages.get(hub.account, Map.of("id", item.get("idea_id"))))
                .containsEntry("prompt_version", "idea.v1")
                .containsEntry("cost_micros", 240L);
        assertThat(journalSteps(hub, Fixture.text(item, "idea_id"))).containsExactly("idea.drafted");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldRefuseAPictureOfARejectedIdea(Database database) {
        Fixture hub = new Fixture(database);
        Map<String, Object> item =
                hub.ideas.request(hub.account, Map.of("trend_id", scored(hub).id()));
        hub.ideas.reject(hub.account, item, List.of("names a brand"), "idea.v1", "gpt", 240L, hub.began());

        assertThat(hub.ideaPages.get(hub.account, Map.of("id", item.get("idea_id"))))
                .containsEntry("state", "rejected")
                .containsEntry("reasons", List.of("names a brand"));
        assertThatThrownBy(() -> hub.images.request(hub.account, item))
                .isInstanceOf(ConcurrentModificationException.class);
        assertThatThrownBy(() -> hub.ideas.load(hub.account, item)).isInstanceOf(NoSuchElementException.class);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldReviewAPictureOnce(Database database) {
        Fixture hub = new Fixture(database);
        Map<String, Object> item = hub.stored(hub.drafted(scored(hub)));
        Map<String, Object> path = Map.of("id", item.get("image_id"));
        Map<String, Object> approve = Map.of("decision", "approve", "tags", List.of("axolotl", "it's"));

        Map<String, Object> answered = hub.decisions.review(hub.account, path, "key-1", approve, hub.began());

        assertThat(answered).isEqualTo(hub.imagePages.get(hub.account, path));
        assertThat(answered)
                .containsEntry("state", "approved")
                .containsEntry("reviewer", "key-1")
                .containsEntry("tags", List.of("axolotl", "it's"));
        assertThatThrownBy(() ->
                        hub.decisions.review(hub.account, path, "key-2", Map.of("decision", "reject"), hub.began()))
                .isInstanceOf(ConcurrentModificationException.class);
        assertThatThrownBy(() -> hub.decisions.review(hub.stranger, path, "key-3", approve, hub.began()))
                .isInstanceOf(NoSuchElementException.class);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldRefuseTheSlowerOfTwoReviewsThatReadTheSameState(Database database) {
        List<Writes.Statements> held = new ArrayList<>();
        Fixture hub = new Fixture(database);
        Fixture slow = new Fixture(database, (what, statements) -> held.add(statements));
        Map<String, Object> item = hub.stored(hub.drafted(scored(hub)));
        Map<String, Object> path = Map.of("id", item.get("image_id"));

        slow.decisions.review(hub.account, path, "slow", Map.of("decision", "reject"), hub.began());
        hub.decisions.review(hub.account, path, "fast", Map.of("decision", "approve"), hub.began());

        Writes late = Database.atOnce(database.dataSource());
        assertThatThrownBy(() -> late.write("late", held.get(0))).isInstanceOf(ConcurrentModificationException.class);
        assertThat(hub.imagePages.get(hub.account, path))
                .containsEntry("state", "approved")
                .containsEntry("reviewer", "fast");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldCompareNewPicturesWithThoseThatAreKept(Database database) {
        Fixture hub = new Fixture(database);
        Map<String, Object> idea = hub.drafted(scored(hub));
        Map<String, Object> kept = hub.stored(idea);
        Map<String, Object> twin = hub.images.request(hub.account, idea);
        hub.images.duplicate(
                hub.account,
                twin,
                Fixture.picture(-1),
                Fixture.text(kept, "image_id"),
                "gpt-image-1",
                40_000L,
                hub.began());

        assertThat(hub.images.hashes(hub.account)).isEqualTo(Map.of(kept.get("image_id"), 42L));
        assertThat(hub.imagePages.get(hub.account, Map.of("id", twin.get("image_id"))))
                .containsEntry("state", "duplicate")
                .containsEntry("duplicate_of", kept.get("image_id"))
                .containsEntry("generation", 2);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldOpenAListingOnlyForAnApprovedPictureAndOnlyOnce(Database database) {
        Fixture hub = new Fixture(database);
        Map<String, Object> image = hub.stored(hub.drafted(scored(hub)));

        Map<String, Object> wish = Map.of("image_id", image.get("image_id"));
        assertThatThrownBy(() -> hub.listingWork.request(hub.account, wish, hub.began()))
                .isInstanceOf(ConcurrentModificationException.class)
                .hasMessageContaining("pending_review");

        Map<String, Object> item = hub.publishing(image);
        assertThat(item)
                .containsEntry("listing_id", Refs.of(hub.account.value(), "listing", Fixture.text(image, "idea_id")));
        assertThatThrownBy(() -> hub.listingWork.request(hub.account, wish, hub.began()))
                .isInstanceOf(ConcurrentModificationException.class)
                .hasMessageContaining("already");
        assertThat(hub.listingWork.open(hub.account, item, hub.began())).isNull();
        assertThatThrownBy(() -> hub.listingWork.request(hub.stranger, wish, hub.began()))
                .isInstanceOf(NoSuchElementException.class);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldOpenTheListingOfAPictureThatIsApprovedInTheSameUnit(Database database) {
        List<Writes.Statements> unit = new ArrayList<>();
        Fixture deferred = new Fixture(database, (what, statements) -> unit.add(statements));
        Fixture hub = new Fixture(database);
        Map<String, Object> item = hub.images.request(hub.account, hub.drafted(scored(hub)));

        deferred.images.store(hub.account, item, Fixture.picture(7), "gpt-image-1", null, 1L, hub.began());
        deferred.decisions.approve(hub.account, item, "score 74", hub.began());
        Map<String, Object> listing = deferred.listingWork.request(hub.account, item, hub.began());
        deferred.listings.start(hub.account, listing, hub.began());
        Database.atOnce(database.dataSource()).write("commit", connection -> {
            for (Writes.Statements statements : unit) {
                statements.on(connection);
            }
        });

        assertThat(hub.listings.load(hub.account, listing)).containsEntry("state", "publishing");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldRefuseAtCommitToOpenAListingOfAPictureThatIsNotApproved(Database database) {
        Fixture hub = new Fixture(database);
        Map<String, Object> image = hub.stored(hub.drafted(scored(hub)));

        assertThatThrownBy(() -> hub.listingWork.open(hub.account, image, hub.began()))
                .isInstanceOf(ConcurrentModificationException.class);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldCarryAListingFromDraftToLive(Database database) {
        Fixture hub = new Fixture(database);
        Map<String, Object> item = hub.publishing(hub.stored(hub.drafted(scored(hub))));

        hub.listings.compose(hub.account, item, hub.offer(item));
        hub.listings.product(hub.account, item, new VendorObject("64f0", "published", Map.of()));
        hub.listings.live(hub.account, item, Fixture.etsy(), hub.began());

        assertThat(hub.listings.load(hub.account, item))
                .containsEntry("state", "live")
                .containsEntry("title", "Axolotl Birthday Shirt")
                .containsEntry("price", Map.of("amount_minor", 2499L, "currency", "USD"))
                .containsEntry("printify_product_id", "64f0")
                .containsEntry("etsy_listing_id", "1500001")
                .containsEntry("url", "https://www.etsy.com/listing/1500001")
                .containsEntry("deadline", null);
        assertThatThrownBy(() -> hub.listings.fail(hub.account, item, "late", hub.began()))
                .isInstanceOf(ConcurrentModificationException.class);
        assertThatThrownBy(() -> hub.listings.live(hub.stranger, item, Fixture.etsy(), hub.began()))
                .isInstanceOf(ConcurrentModificationException.class);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldRetryWhatFailedWithANewGenerationAndDeadline(Database database) {
        Fixture hub = new Fixture(database);
        Map<String, Object> item = hub.publishing(hub.stored(hub.drafted(scored(hub))));
        Map<String, Object> path = Map.of("id", item.get("listing_id"));

        assertThatThrownBy(() -> hub.listings.retry(hub.account, path, hub.began()))
                .isInstanceOf(ConcurrentModificationException.class);
        hub.listings.fail(hub.account, item, List.of("etsy: taxonomy_id"), hub.began());
        assertThat(hub.listingPages.get(hub.account, path)).containsEntry("reasons", List.of("etsy: taxonomy_id"));

        assertThat(hub.listings.retry(hub.account, path, hub.began())).containsEntry("generation", 2);
        assertThat(hub.listingPages.get(hub.account, path))
                .containsEntry("state", "publishing")
                .containsEntry("generation", 2);
        assertThatThrownBy(() -> hub.listings.retry(hub.stranger, path, hub.began()))
                .isInstanceOf(NoSuchElementException.class);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldFindListingsThatAreInBetweenForTooLong(Database database) {
        Fixture hub = new Fixture(database);
        Map<String, Object> item = hub.publishing(hub.stored(hub.drafted(scored(hub))));
        Map<String, Object> overdue = Map.of("account", hub.account, "payload", item);

        assertThat(hub.listingWork.overdue(1_000)).doesNotContain(overdue);
        hub.clock.move(Duration.ofMinutes(16));
        assertThat(hub.listingWork.overdue(1_000)).contains(overdue);

        hub.listings.abandon(hub.account, item, "deadline", hub.began());
        assertThat(hub.listingWork.overdue(1_000)).doesNotContain(overdue);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldPageByTimeWithoutRepeatingWhenNewOnesArrive(Database database) {
        Fixture hub = new Fixture(database);
        Trend trend = scored(hub);
        List<Object> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(0, hub.drafted(trend).get("idea_id"));
        }
        Map<String, Object> first = hub.ideaPages.page(hub.account, Map.of("limit", "2", "state", "drafted"));
        hub.clock.move(Duration.ofSeconds(1));
        hub.drafted(trend);
        Map<String, Object> second =
                hub.ideaPages.page(hub.account, Map.of("limit", "3", "cursor", String.valueOf(first.get("next"))));

        List<Object> seen = new ArrayList<>();
        TrendsTest.items(first).forEach(item -> seen.add(item.get("id")));
        TrendsTest.items(second).forEach(item -> seen.add(item.get("id")));
        assertThat(seen).containsExactlyInAnyOrderElementsOf(made);
        assertThat(second.get("next")).isNull();
        assertThat(TrendsTest.items(hub.ideaPages.page(hub.stranger, Map.of()))).isEmpty();
    }

    private static Trend scored(Fixture hub) {
        Trend trend = hub.trend("axolotl birthday", 74, "tiktok");
        hub.cycle(trend);
        return trend;
    }

    private static List<String> journalSteps(Fixture hub, String subject) {
        return hub.reads
                .sql("select step from journal where account = ? and subject_id = ? order by seq")
                .params(hub.account.value(), subject)
                .query(String.class)
                .list();
    }
}

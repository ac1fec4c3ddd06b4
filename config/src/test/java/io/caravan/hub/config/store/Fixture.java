package io.caravan.hub.config.store;

import io.caravan.hub.enrich.trend.KeywordFolder;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.idea.Idea;
import io.caravan.hub.model.listing.Offer;
import io.caravan.hub.model.port.Writes;
import io.caravan.hub.model.trend.Reason;
import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.SignalBatch;
import io.caravan.hub.model.trend.Trend;
import io.caravan.hub.model.trend.Volume;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.quartz.Scheduler;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All stores on one database, two accounts that no other test uses, and a clock that a test moves. */
final class Fixture {

    private static final StoreSettings SETTINGS = new StoreSettings(
            new StoreSettings.Trends(List.of("google-trends", "tiktok"), Duration.ofDays(30), Duration.ofHours(1)),
            new StoreSettings.Ideas(Duration.ofDays(30)),
            new StoreSettings.Listings(Duration.ofMinutes(15)));

    final AccountId account = new AccountId("a" + UUID.randomUUID());
    final AccountId stranger = new AccountId("b" + UUID.randomUUID());
    final Moving clock = new Moving();
    final JdbcClient reads;
    final Trends trends;
    final TrendPages trendPages;
    final Cycles cycles;
    final SourceRuns runs;
    final Ideas ideas;
    final Images images;
    final ImageDecisions decisions;
    final Listings listings;
    final ListingWork listingWork;
    final TimePages ideaPages;
    final TimePages imagePages;
    final TimePages listingPages;
    final Journal journal;
    final Trace trace;

    Fixture(Database database) {
        this(database, Database.atOnce(database.dataSource()));
    }

    Fixture(Database database, Writes writes) {
        reads = JdbcClient.create(database.dataSource());
        journal = new Journal(writes, clock);
        trends = trends(writes);
        DefaultListableBeanFactory none = new DefaultListableBeanFactory();
        SourceState state =
                new SourceState(none.getBeanProvider(CamelContext.class), none.getBeanProvider(Scheduler.class));
        trendPages = new TrendPages(reads, SETTINGS, state);
        cycles = new Cycles(reads, writes, clock, SETTINGS);
        runs = new SourceRuns(writes, clock, new SourceMeters(new SimpleMeterRegistry()));
        ideaPages = new TimePages(reads, "idea", IdeaView::of);
        imagePages = new TimePages(reads, "image", ImageView::of);
        listingPages = new TimePages(reads, "listing", ListingView::of);
        ideas = new Ideas(reads, writes, journal, clock);
        images = new Images(reads, writes, journal, clock, imagePages);
        decisions = new ImageDecisions(writes, journal, clock, imagePages);
        listings = new Listings(writes, journal, clock, SETTINGS, listingPages);
        listingWork = new ListingWork(reads, writes, journal, clock, SETTINGS);
        trace = new Trace(reads);
    }

    /** The same store with writes of its own. */
    Trends trends(Writes own) {
        return new Trends(reads, own, clock, SETTINGS);
    }

    static String text(Map<String, Object> map, String name) {
        return String.valueOf(map.get(name));
    }

    long began() {
        return clock.millis() - 250;
    }

    static Signal signal(String source, String id, String keyword, long volume) {
        return new Signal(
                source,
                id,
                keyword,
                Volume.PLAYS,
                volume,
                3,
                "US",
                List.of("a \"quoted\" caption"),
                Instant.parse("2026-05-04T09:00:00.123456Z"));
    }

    Trend trend(String keyword, int score, String... sources) {
        return new Trend(
                KeywordFolder.trendId(account, keyword),
                account,
                keyword,
                score,
                List.of(new Reason("volume", score, "it's popular")),
                List.of(sources),
                false,
                List.of("context"),
                Instant.parse("2026-05-04T09:00:00Z"));
    }

    /** A whole cycle of one source that gave these trends, one signal each. */
    String cycle(Trend... given) {
        String cycleId = text(cycles.begin(account, null, null, Map.of("sources", List.of("tiktok"))), "cycle_id");
        List<Signal> signals = java.util.Arrays.stream(given)
                .map(trend -> signal("tiktok", "v-" + trend.id(), trend.keyword(), 100))
                .toList();
        SignalBatch batch = new SignalBatch("tiktok", signals.size() + 1, signals, Map.of("no-title", 1));
        runs.recordRun(account, cycleId, "tiktok", null, 500L, batch, null, began());
        clock.move(Duration.ofSeconds(2));
        trends.save(account, cycleId, List.of(given));
        return cycleId;
    }

    static Idea idea() {
        return new Idea(
                "Axolotl birthday", "A smiling axolotl", "flat", "parents", "For the child.", List.of("axolotl"));
    }

    /** Payload of an idea that is drafted. */
    Map<String, Object> drafted(Trend trend) {
        Map<String, Object> item = ideas.request(account, Map.of("trend_id", trend.id()));
        ideas.draft(account, item, idea(), "idea.v1", "gpt", 240L, began());
        return item;
    }

    static Map<String, Object> picture(long phash) {
        return Map.of(
                "sha256",
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "media_type",
                "image/png",
                "width",
                1024,
                "height",
                1024,
                "size",
                812_345,
                "phash",
                phash,
                "prompt",
                "an axolotl");
    }

    /** Payload of a picture that waits for review. */
    Map<String, Object> stored(Map<String, Object> ideaItem) {
        Map<String, Object> item = images.request(account, ideaItem);
        images.store(account, item, picture(42), "gpt-image-1", null, 40_000L, began());
        return item;
    }

    /** Payload of a listing that is being published. */
    Map<String, Object> publishing(Map<String, Object> imageItem) {
        decisions.approve(account, imageItem, "score 74", began());
        Map<String, Object> item = listingWork.request(account, imageItem, began());
        listings.start(account, item, began());
        return item;
    }

    Offer offer(Map<String, Object> item) {
        return new Offer(
                text(item, "listing_id"),
                "Axolotl Birthday Shirt",
                "For the child.",
                List.of("axolotl", "birthday"),
                Money.of(2499, "USD"),
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "an axolotl",
                "CRV-1");
    }

    static VendorObject etsy() {
        return new VendorObject("1500001", "active", Map.of("url", "https://www.etsy.com/listing/1500001"));
    }

    static final class Moving extends Clock {
        private Instant now = Instant.now();

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}

package io.caravan.hub.config.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.model.Refs;
import io.caravan.hub.model.trend.Trend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TraceTest {

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldTellTheStoryOfAListingFromItsSignalsToLive(Database database) {
        Fixture hub = new Fixture(database);
        Trend trend = hub.trend("axolotl birthday", 74, "tiktok");
        hub.cycle(trend);
        Map<String, Object> idea = hub.drafted(trend);
        hub.drafted(trend); // a second idea, which is another story
        Map<String, Object> image = hub.stored(idea);
        Map<String, Object> listing = hub.publishing(image);
        String id = Fixture.text(listing, "listing_id");
        Instant sent = hub.clock.instant();
        effect(
                hub,
                "openai",
                "image",
                Fixture.text(image, "image_id"),
                "CONFIRMED",
                40_000,
                sent,
                Duration.ofSeconds(3),
                200);
        effect(hub, "etsy", "listing", id, "CONFIRMED", 0, sent.plusSeconds(4), Duration.ofMillis(1500), 201);
        hub.clock.move(Duration.ofSeconds(38));
        hub.listings.live(hub.account, listing, Fixture.etsy(), hub.began());

        Map<String, Object> story = hub.trace.get(hub.account, Map.of("id", id));

        assertThat(kinds(story)).containsExactly("source", "signal", "trend", "idea", "image", "listing");
        assertThat(story.get("subject")).isEqualTo(nodes(story).get(5));
        assertThat(steps(story))
                .extracting(step -> step.get("step"))
                .containsExactly(
                        "trend.polled",
                        "trend.scored",
                        "idea.drafted",
                        "image.stored",
                        "image.approved",
                        "listing.opened",
                        "listing.publishing",
                        "openai.image",
                        "etsy.listing",
                        "listing.live");
        assertThat(step(story, "etsy.listing"))
                .containsEntry("subject_id", id)
                .containsEntry("outcome", "confirmed")
                .containsEntry("duration_ms", 1500L)
                .containsEntry("attempts", 1)
                .containsEntry("vendor", "etsy")
                .containsEntry("http_status", 201);
        assertThat((String) step(story, "trend.scored").get("reason")).isEqualTo("score 74: it's popular");
        assertThat((String) step(story, "trend.polled").get("reason")).isEqualTo("tiktok: 1 of 1 signals from 2 rows");
        assertThat(story.get("totals"))
                .isEqualTo(Map.of("cost_micros", 40_500L, "duration_ms", 38_000L + 2_000L + 250L));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldTellOfATrendEverythingThatWasMadeOfIt(Database database) {
        Fixture hub = new Fixture(database);
        Trend trend = hub.trend("axolotl birthday", 74, "tiktok");
        hub.cycle(trend);
        hub.stored(hub.drafted(trend));
        hub.drafted(trend);

        assertThat(kinds(hub.trace.get(hub.account, Map.of("id", trend.id()))))
                .containsExactly("source", "signal", "trend", "idea", "idea", "image");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldShowWorkThatWaitsForAPerson(Database database) {
        Fixture hub = new Fixture(database);
        Trend trend = hub.trend("axolotl birthday", 74, "tiktok");
        hub.cycle(trend);
        Map<String, Object> listing = hub.publishing(hub.stored(hub.drafted(trend)));
        String lane = hub.account.value() + "|" + listing.get("listing_id");
        hub.reads
                .sql("insert into lane (lane_key, tenant_id, aggregate, last_seq) values (?, ?, ?, 1)")
                .params(lane, hub.account.value(), listing.get("listing_id"))
                .update();
        hub.reads
                .sql(
                        "insert into work (id, tenant_id, lane_key, seq, type, payload, state, attempts, due_at, reason,"
                                + " created_at) values (?, ?, ?, 1, 'listing.publish', '{}', 'PARKED', 2, ?, 'etsy: reconnect', ?)")
                .params(
                        Refs.of(lane),
                        hub.account.value(),
                        lane,
                        Sql.time(hub.clock.instant()),
                        Sql.time(hub.clock.instant()))
                .update();

        assertThat(step(
                        hub.trace.get(hub.account, Map.of("id", String.valueOf(listing.get("listing_id")))),
                        "listing.publish"))
                .containsEntry("outcome", "parked")
                .containsEntry("reason", "etsy: reconnect")
                .containsEntry("attempts", 2);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldTellTheStoryOfAnImportToItsAccountAlone(Database database) {
        Fixture hub = new Fixture(database);
        Instant now = hub.clock.instant();
        hub.reads
                .sql("insert into import_job (account, id, shop, supplier, external_id, source_url, wish, origin,"
                        + " origin_id, generation, state, step, title, prices, product, shop_product_id, reasons,"
                        + " created_at, updated_at, completed_at) values (?, 'imp', 'shopify', 'aliexpress', '1005', 'x',"
                        + " '{}', 'bulk', 'batch1', 1, 'completed', 'created', 'A lamp', ?, ?, 'gid-7', '[]', ?, ?, ?)")
                .params(
                        hub.account.value(),
                        "{\"k\": {\"price\": {\"minor\": 2199, \"currency\": \"USD\"}, \"cost\": {\"minor\": 1000,"
                                + " \"currency\": \"USD\"}, \"margin\": {\"minor\": 1199, \"currency\": \"USD\"}, \"lines\":"
                                + " [{\"code\": \"rules\", \"amount\": {\"minor\": 0, \"currency\": \"USD\"}, \"text\":"
                                + " \"rules of shopify, version 3\"}], \"compare_at_reason\": \"\"}}",
                        "{\"images\": [{\"sha256\": \"abc\"}]}",
                        Sql.time(now),
                        Sql.time(now),
                        Sql.time(now))
                .update();
        hub.reads
                .sql(
                        "insert into journal (account, subject_kind, subject_id, step, at, duration_ms, cost_micros, outcome,"
                                + " reason) values (?, 'import', 'imp', 'import.fetched', ?, 5, 0, 'done', '1 variant')")
                .params(hub.account.value(), Sql.time(now))
                .update();
        effect(hub, "shopify", "product", "imp", "CONFIRMED", 0, now.plusSeconds(1), Duration.ofSeconds(2), 200);
        hub.reads
                .sql("insert into outbox (id, tenant_id, topic, msg_key, payload, trace_id, created_at, published)"
                        + " values ('o1', ?, 'product.created', 'imp', '{}', 'imp', ?, false)")
                .params(hub.account.value(), Sql.time(now.plusSeconds(4)))
                .update();

        Map<String, Object> story = hub.trace.get(hub.account, Map.of("id", "imp"));

        assertThat(kinds(story)).containsExactly("origin", "supplier-product", "import", "picture", "shop-product");
        assertThat(steps(story))
                .extracting(step -> step.get("step"))
                .containsExactly("import.fetched", "import.priced", "shopify.product", "event.product.created");
        assertThat(step(story, "import.priced")).containsEntry("reason", "rules of shopify, version 3");
        assertThat(step(story, "event.product.created")).containsEntry("outcome", "waiting");
        assertThatThrownBy(() -> hub.trace.get(hub.stranger, Map.of("id", "imp")))
                .isInstanceOf(NoSuchElementException.class);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void shouldNotKnowWhatBelongsToAnotherAccount(Database database) {
        Fixture hub = new Fixture(database);
        Trend trend = hub.trend("axolotl birthday", 74, "tiktok");
        hub.cycle(trend);

        assertThatThrownBy(() -> hub.trace.get(hub.stranger, Map.of("id", trend.id())))
                .isInstanceOf(NoSuchElementException.class);
    }

    private static void effect(
            Fixture hub,
            String vendor,
            String operation,
            String key,
            String phase,
            long cost,
            Instant sent,
            Duration took,
            int status) {
        hub.reads
                .sql(
                        "insert into effect (id, tenant_id, work_id, vendor, operation, business_key, generation, ref, shape,"
                                + " req_hash, phase, attempts, sent_at, fence, http_status, cost_micros, trace_id, created_at,"
                                + " updated_at) values (?, ?, 'w', ?, ?, ?, 0, ?, 'reversible', 'h', ?, 1, ?, 1, ?, ?, ?, ?, ?)")
                .params(
                        Refs.of(hub.account.value(), vendor, key),
                        hub.account.value(),
                        vendor,
                        operation,
                        key,
                        Refs.of(vendor, key),
                        phase,
                        Sql.time(sent),
                        status,
                        cost,
                        key,
                        Sql.time(sent),
                        Sql.time(sent.plus(took)))
                .update();
    }

    private static List<Object> kinds(Map<String, Object> story) {
        return nodes(story).stream().map(node -> node.get("kind")).toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> nodes(Map<String, Object> story) {
        return (List<Map<String, Object>>) Objects.requireNonNull(story.get("lineage"));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> steps(Map<String, Object> story) {
        return (List<Map<String, Object>>) Objects.requireNonNull(story.get("steps"));
    }

    private static Map<String, Object> step(Map<String, Object> story, String name) {
        return steps(story).stream()
                .filter(step -> name.equals(step.get("step")))
                .findFirst()
                .orElseThrow();
    }
}

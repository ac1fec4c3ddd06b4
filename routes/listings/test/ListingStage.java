package io.caravan.hub.routes.listings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.config.store.Ideas;
import io.caravan.hub.config.store.ImageDecisions;
import io.caravan.hub.config.store.Images;
import io.caravan.hub.enrich.trend.KeywordFolder;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.idea.Idea;
import io.caravan.hub.model.image.StoredObject;
import io.caravan.hub.model.port.ObjectStore;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A shop and a hub, approved pictures to list, and the questions that every test ends with. */
final class ListingStage implements AutoCloseable {

    private static final AtomicInteger SERIAL = new AtomicInteger();
    private static final List<String> WORDS =
            List.of("axolotl", "badger", "capybara", "dormouse", "egret", "ferret", "gecko", "heron", "ibis", "jackal");
    /** Longest wait for anything. A busy machine of two cores needs a part of it. */
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private static @org.jspecify.annotations.Nullable ListingStage shared;

    private final Path data;
    private final Map<String, String> keywords = new ConcurrentHashMap<>();
    final ListingShop shop;
    ListingHub hub;

    ListingStage(String... settings) throws IOException {
        data = Files.createTempDirectory("listings");
        shop = new ListingShop(data.resolve("sandbox"));
        hub = node(settings);
    }

    /** Another hub on the same data folder; with settings that name a database for both, another node. */
    ListingHub node(String... settings) {
        return ListingHub.start(shop, data.resolve("hub"), settings);
    }

    /** Ends the hub and starts it anew on the same data. */
    void restart(String... settings) {
        hub.close();
        hub = node(settings);
    }

    /** One application for all tests that do not need settings of their own; it ends with the JVM. */
    static synchronized ListingStage shared() throws IOException {
        if (shared == null) {
            shared = new ListingStage();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        shared.shop.clear();
        return shared;
    }

    /** Asks for the listing of a new approved picture. @return the listing's id */
    String list() {
        return list(hub);
    }

    /** The same through another node. */
    String list(ListingHub node) {
        Picture picture = picture(node);
        ListingHub.Answer accepted = node.post("/api/v1/listings", Map.of("image_id", picture.imageId()));
        assertThat(accepted.status()).as("%s", accepted.body()).isEqualTo(202);
        String id = Refs.of(ListingHub.ACCOUNT.value(), "listing", picture.ideaId());
        keywords.put(id, picture.keyword());
        return id;
    }

    /** Says by which words the vendors' objects of a listing are known. */
    void known(String id, String keyword) {
        keywords.put(id, keyword);
    }

    /** What only this listing's titles hold, also those of drafts and products that nobody wanted to keep. */
    String keyword(String id) {
        return Objects.requireNonNull(keywords.get(id));
    }

    /** An approved picture and the keyword of its trend. */
    record Picture(String imageId, String ideaId, String keyword) {}

    /** A picture of its own trend and idea, approved. */
    static Picture picture(ListingHub hub) {
        int serial = SERIAL.incrementAndGet();
        Trend seeded = trend(hub, serial);
        String keyword = seeded.keyword();
        String trend = seeded.id();
        Ideas ideas = hub.bean(Ideas.class);
        Images images = hub.bean(Images.class);
        long began = System.currentTimeMillis();
        Map<String, Object> item = ideas.request(ListingHub.ACCOUNT, Map.of("trend_id", trend));
        Idea idea = new Idea(
                keyword + " at sunrise",
                "A smiling " + keyword + " in front of a rising sun",
                "flat",
                "people who love animals",
                "For everyone who gets up early.",
                List.of(keyword, "sunrise", "animal lover"));
        ideas.draft(ListingHub.ACCOUNT, item, idea, "idea.v1", "gpt", 0L, began);
        StoredObject stored = hub.bean(ObjectStore.class).put(ListingHub.ACCOUNT, "images", "image/png", png(serial));
        Map<String, Object> picture = images.request(ListingHub.ACCOUNT, item);
        Map<String, Object> facts = Map.of(
                "sha256",
                stored.sha256(),
                "media_type",
                stored.mediaType(),
                "width",
                512,
                "height",
                512,
                "size",
                stored.size(),
                "phash",
                (long) serial,
                "prompt",
                keyword);
        images.store(ListingHub.ACCOUNT, picture, facts, "gpt-image-1", null, 0L, began);
        hub.bean(ImageDecisions.class).approve(ListingHub.ACCOUNT, picture, "looks good", began);
        return new Picture(String.valueOf(picture.get("image_id")), String.valueOf(picture.get("idea_id")), keyword);
    }

    /** A trend that the hub has just scored. */
    static Trend trend(ListingHub hub) {
        return trend(hub, SERIAL.incrementAndGet());
    }

    private static Trend trend(ListingHub hub, int serial) {
        String keyword = WORDS.get(serial % WORDS.size()) + " fan " + Integer.toString(serial + 1_000, 36);
        String id = KeywordFolder.trendId(ListingHub.ACCOUNT, keyword);
        Timestamp now = Timestamp.from(Instant.now());
        hub.bean(JdbcClient.class)
                .sql("insert into trend (account, id, keyword, score, reasons, sources, fallback, context, cycle_id,"
                        + " observed_at, first_seen_at, updated_at) values (?, ?, ?, 80, '[]', ' tiktok ', false, '[]',"
                        + " 'seeded', ?, ?, ?)")
                .params(ListingHub.ACCOUNT.value(), id, keyword, now, now, now)
                .update();
        return new Trend(id, keyword);
    }

    /** A stored trend. */
    record Trend(String id, String keyword) {}

    JsonNode listing(String id) {
        return hub.get("/api/v1/listings/" + id).body();
    }

    JsonNode awaitState(String id, String state) {
        await(id + " " + state)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(
                        () -> assertThat(listing(id).path("state").asText()).isEqualTo(state));
        return listing(id);
    }

    /** Waits until it is live and until no work of it is left, then asks the vendors. */
    void awaitLiveOnce(String id) {
        JsonNode listing = awaitState(id, "live");
        awaitIdle(id);
        vendorsHoldOne(listing);
    }

    /** Nothing of this listing waits, runs or is parked, and no event of anything is still to become work. */
    void awaitIdle(String id) {
        await("work of " + id)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> openWork(hub, id) == 0);
    }

    static int openWork(ListingHub hub, String id) {
        return hub.bean(JdbcClient.class)
                .sql("select (select count(*) from work where trace_id = ? and state in ('WAITING', 'PARKED'))"
                        + " + (select count(*) from outbox where published = false)")
                .param(id)
                .query(Integer.class)
                .single();
    }

    void vendorsHoldOne(JsonNode listing) {
        String title = listing.path("title").asText();
        String keyword = keyword(listing.path("id").asText());
        List<ObjectNode> there = shop.listings(keyword);
        assertThat(there).as("listings and drafts at Etsy").hasSize(1);
        ObjectNode etsy = there.get(0);
        assertThat(etsy.path("state").asText()).isEqualTo("active");
        assertThat(etsy.path("title").asText()).isEqualTo(title);
        assertThat(etsy.path("listing_id").asText())
                .isEqualTo(listing.path("etsy_listing_id").asText());
        assertThat(shop.fees(etsy.path("listing_id").asLong())).as("fees").isEqualTo(1);
        assertThat(title).hasSizeLessThanOrEqualTo(140);
        assertThat(etsy.path("tags"))
                .hasSizeBetween(1, 13)
                .allSatisfy(tag -> assertThat(tag.asText()).hasSizeLessThanOrEqualTo(20));
        assertThat(etsy.path("images")).hasSize(1);
        List<ObjectNode> products = shop.products(keyword);
        assertThat(products).as("products at Printify").hasSize(1);
        sameVariants(etsy, products.get(0));
        assertThat(etsy.path("price_cents").asLong())
                .isEqualTo(listing.path("price").path("amount_minor").asLong());
        assertThat(products.get(0).path("is_locked").asBoolean()).as("locked").isFalse();
        assertThat(products.get(0).path("external").path("id").asText())
                .isEqualTo(etsy.path("listing_id").asText());
    }

    /** What a buyer may choose is what Printify makes, each with Printify's own SKU and its size. */
    private static void sameVariants(ObjectNode etsy, ObjectNode printify) {
        Map<String, String> sizes = new LinkedHashMap<>();
        for (JsonNode variant : printify.path("variants")) {
            if (variant.path("is_enabled").asBoolean()) {
                sizes.put(
                        variant.path("sku").asText(),
                        variant.path("title").asText().replaceAll(".*/ ", ""));
            }
        }
        assertThat(sizes).as("enabled at Printify").hasSizeGreaterThan(1);
        Map<String, String> offered = new LinkedHashMap<>();
        for (JsonNode product : etsy.path("products")) {
            assertThat(product.at("/property_values/0/property_name").asText()).isEqualTo("Size");
            offered.put(
                    product.path("sku").asText(),
                    product.at("/property_values/0/values/0").asText());
            assertThat(product.at("/offerings/0/quantity").asInt()).isEqualTo(999);
            assertThat(product.at("/offerings/0/is_enabled").asBoolean()).isTrue();
        }
        assertThat(offered).as("offered at Etsy").isEqualTo(sizes);
    }

    private static byte[] png(int serial) {
        BufferedImage image = new BufferedImage(512, 512, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(new Color(serial * 7919 & 0xffffff));
        canvas.fillOval(40, 40, 400, 400);
        canvas.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Facts of one effect's requests, for failures that are hard to see from outside. */
    Map<String, Integer> attempts(String id) {
        Map<String, Integer> attempts = new LinkedHashMap<>();
        hub.bean(JdbcClient.class)
                .sql("select vendor, operation, attempts from effect where trace_id = ?")
                .param(id)
                .query((row, n) -> attempts.put(row.getString(1) + "." + row.getString(2), row.getInt(3)))
                .list();
        return attempts;
    }

    @Override
    public void close() {
        hub.close();
        shop.close();
    }
}

package io.caravan.hub.routes.proof;

import io.caravan.hub.model.Money;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.idea.Prompt;
import io.caravan.hub.model.image.Brief;
import io.caravan.hub.model.listing.Offer;
import io.caravan.hub.model.product.Option;
import io.caravan.hub.model.product.Product;
import io.caravan.hub.model.product.ProductImage;
import io.caravan.hub.model.product.Variant;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Requests of the operations: the same for the same key, in whatever process. */
final class Payloads {

    static final byte[] PICTURE = picture();
    static final String HASH = Refs.sha256Hex(PICTURE);
    /** Of each product of a shop. */
    static final int VARIANTS = 4;

    private static final String SCHEMA =
            "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"headline\"],"
                    + "\"properties\":{\"headline\":{\"type\":\"string\"}}}";

    private Payloads() {}

    static Offer offer(String key) {
        return new Offer(
                key,
                "Moss mug " + key,
                "A mug with moss on it.",
                List.of("moss", "mug"),
                Money.of(1999, "USD"),
                HASH,
                "A mug with moss",
                "CRV-" + key);
    }

    static Map<String, Object> image(String listing) {
        return Map.of("listing_id", listing, "image_sha256", HASH, "rank", 1, "alt_text", "A mug with moss");
    }

    static Map<String, Object> inventory(String listing, String key) {
        return Map.of(
                "listing_id",
                listing,
                "sku",
                "CRV-" + key,
                "price",
                Map.of("amount_minor", 1999, "currency", "USD"),
                "quantity",
                40);
    }

    static Map<String, Object> printed(String key, String upload) {
        return Map.of(
                "title",
                "Moss tee " + key,
                "description",
                "A tee with moss",
                "upload_id",
                upload,
                "tags",
                List.of("moss"),
                "price",
                Map.of("amount_minor", 2499, "currency", "USD"));
    }

    static Product product(String key) {
        List<String> sizes = new ArrayList<>();
        List<Variant> variants = new ArrayList<>();
        for (int i = 0; i < VARIANTS; i++) {
            sizes.add("No. " + i);
            Map<String, String> options = new LinkedHashMap<>(Map.of("Size", "No. " + i));
            variants.add(new Variant(
                    "key-" + i,
                    "CRV-" + key + "-" + i,
                    options,
                    Money.of(500, "USD"),
                    Money.of(1999 + i, "USD"),
                    null,
                    5L,
                    HASH,
                    250L,
                    "s-" + i,
                    "o-" + i));
        }
        return new Product(
                key,
                "Lamp " + key,
                "<p>A lamp.</p>",
                "Mossy",
                "Lamps",
                List.of("moss", "lamp"),
                List.of(new Option("Size", sizes)),
                variants,
                List.of(new ProductImage(HASH, "https://pictures.invalid/1.png", "A lamp", 400, 400)),
                "aliexpress",
                "1005001",
                "https://supplier.invalid/item/1005001.html");
    }

    static Prompt prompt(String key) {
        return new Prompt(
                "idea.v1",
                "You invent print motifs.",
                "{\"trend\":{\"keyword\":\"moss " + key + "\",\"context\":[\"a headline\"]}}",
                "idea",
                SCHEMA);
    }

    static Brief brief(String key) {
        return new Brief("A print motif about moss " + key, "1024x1024", "low", "opaque");
    }

    static Map<String, Object> mail(String key) {
        return Map.of(
                "to",
                List.of("seller@example.com"),
                "subject",
                "Live: " + key,
                "text",
                "It is live.",
                "category",
                "listing-live");
    }

    static Map<String, Object> report(String key) {
        return Map.of(
                "type",
                "import.completed",
                "at",
                "2026-11-20T10:00:00Z",
                "data",
                Map.of("import_id", key, "status", "completed"));
    }

    private static byte[] picture() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(400, 400, BufferedImage.TYPE_INT_RGB), "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

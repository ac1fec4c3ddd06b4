package io.caravan.hub.proof.fuzz;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.Mode;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.idea.Prompt;
import io.caravan.hub.model.image.Brief;
import io.caravan.hub.model.listing.Offer;
import io.caravan.hub.model.product.Option;
import io.caravan.hub.model.product.Placed;
import io.caravan.hub.model.product.Product;
import io.caravan.hub.model.product.ProductImage;
import io.caravan.hub.model.product.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** What the hub asks its connectors for: one request of each kind that there is. */
final class Samples {

    static final AccountId ACCOUNT = new AccountId("acme");
    static final String REFERENCE = Refs.of("fuzz", "reference");
    static final String HASH = Refs.sha256Hex(new byte[] {1});
    /** Where nobody is: what should ever get past {@link Vendors} fails at once. */
    private static final String NOWHERE = "https://127.0.0.1:1";

    private Samples() {}

    static List<Object> requests() {
        Money price = Money.of(1999, "USD");
        Product product = product();
        Map<String, Object> anything = new LinkedHashMap<>();
        anything.put("product_id", "1005006000000001");
        anything.put("variant_id", "12000034567890123");
        anything.put("q", "phone holder");
        anything.put("quantity", 2);
        anything.put("ship_to", "US");
        anything.put("currency", "USD");
        anything.put("language", "en");
        anything.put("listing_id", "1234567890");
        anything.put("image_sha256", HASH);
        anything.put("rank", 1);
        anything.put("alt_text", "A mug with moss");
        anything.put("sku", "CRV-1");
        anything.put("price", Map.of("amount_minor", 1999, "currency", "USD"));
        anything.put("title", "Moss tee");
        anything.put("description", "A tee with moss");
        anything.put("upload_id", "5d15ca551163cde90d7b2203");
        anything.put("tags", List.of("moss"));
        anything.put("readiness_state_id", "1234567890");
        anything.put("id", "632910392");
        return List.of(
                anything,
                new Offer(
                        "listing1",
                        "Moss mug",
                        "A mug with moss on it.",
                        List.of("moss", "mug"),
                        price,
                        HASH,
                        "A mug with moss",
                        "CRV-1"),
                Map.of("listing_id", "1234567890", "image_sha256", HASH, "rank", 1, "alt_text", "A mug"),
                Map.of(
                        "listing_id",
                        "1234567890",
                        "sku",
                        "CRV-1",
                        "price",
                        Map.of("amount_minor", 1999, "currency", "USD"),
                        "quantity",
                        40),
                Map.of(
                        "title",
                        "Moss tee",
                        "description",
                        "A tee with moss",
                        "upload_id",
                        "5d15ca551163cde90d7b2203",
                        "tags",
                        List.of("moss"),
                        "price",
                        Map.of("amount_minor", 2499, "currency", "USD")),
                Map.of("product_id", "5d39b159e7c48c000728c89f", "vendor_id", "5d39b159e7c48c000728c89f", "title", "t"),
                Map.of(
                        "printify_product_id",
                        "5d39b159e7c48c000728c89f",
                        "etsy_listing_id",
                        "123",
                        "url",
                        "https://x.example/1"),
                product,
                new Placed(product, new VendorObject("632910392", "draft", Map.of())),
                new Placed(product, new VendorObject("gid://shopify/Product/632910392", "DRAFT", Map.of())),
                new Prompt("idea.v1", "You invent.", "{}", "idea", "{\"type\":\"object\"}"),
                new Brief("moss", "1024x1024", "low", "opaque"),
                Map.of("to", List.of("seller@example.com"), "subject", "Live", "text", "It is.", "category", "live"),
                Map.of("type", "import.completed", "at", "2026-11-20T10:00:00Z", "data", Map.of("import_id", "i1")),
                Map.of("text", "moss", "image_sha256", HASH),
                Map.of("sha256", HASH, "image_sha256", HASH, "title", "Moss", "listing_id", "1234567890"),
                Map.of(
                        "product_id",
                        "5d39b159e7c48c000728c89f",
                        "external",
                        Map.of("id", "1234567890", "handle", "https://www.etsy.com/listing/1234567890"),
                        "title",
                        "Moss"),
                Map.of("id", "632910392", "product_id", "632910392", "vendor_id", "632910392"),
                Map.of("defaultDatasetId", "abcdefghijklmnopq"),
                "632910392");
    }

    static Product product() {
        Variant small = variant("S");
        return new Product(
                "product1",
                "Lamp",
                "<p>A lamp.</p>",
                "Mossy",
                "Lamps",
                List.of("moss", "lamp"),
                List.of(new Option("Size", List.of("S", "M"))),
                List.of(small, variant("M")),
                List.of(new ProductImage(HASH, "https://pictures.invalid/1.png", "A lamp", 400, 400)),
                "aliexpress",
                "1005001",
                "https://supplier.invalid/item/1005001.html");
    }

    private static Variant variant(String size) {
        return new Variant(
                "key-" + size,
                "CRV-" + size,
                Map.of("Size", size),
                Money.of(500, "USD"),
                Money.of(1999, "USD"),
                null,
                5L,
                HASH,
                250L,
                "s-" + size,
                "o-" + size);
    }

    /** With all that its connector's own {@code connections/<vendor>.yaml} names. */
    static Connection connection(String vendor) {
        Map<String, String> secrets = new LinkedHashMap<>(Map.of("token", "t0ken"));
        Map<String, String> settings = new LinkedHashMap<>();
        URL file = Samples.class.getResource("/connections/" + vendor + ".yaml");
        if (file != null) {
            try (InputStream in = file.openStream()) {
                Map<String, Map<String, Map<String, Map<String, Object>>>> all = new Yaml().load(in);
                Map<String, Map<String, Object>> entry =
                        all.getOrDefault("vendors", Map.of()).getOrDefault(vendor, Map.of());
                put(entry.get("secrets"), secrets);
                put(entry.get("defaults"), settings);
                put(entry.get("settings"), settings);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        settings.put("enabled", "true");
        settings.putIfAbsent("readinessStateId", "1234567890");
        // some connectors get theirs from their own renewal
        secrets.putIfAbsent("accessToken", "t0ken");
        secrets.put("webhookSecret", "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        settings.putIfAbsent("storeUrl", NOWHERE);
        settings.replaceAll((name, value) -> name.endsWith("Url") && value.isBlank() ? NOWHERE : value);
        return new Connection("c-1", ACCOUNT, vendor, Mode.SANDBOX, URI.create(NOWHERE), secrets, settings);
    }

    private static void put(@org.jspecify.annotations.Nullable Map<String, Object> from, Map<String, String> into) {
        if (from != null) {
            from.forEach((name, value) -> into.put(name, String.valueOf(value)));
        }
    }

    /** Bodies of {@link #requests} and what a renewal of tokens begins with. */
    static List<Object> bodies(Connection connection) {
        List<Object> all = new ArrayList<>(requests());
        all.add(0, connection);
        return all;
    }
}

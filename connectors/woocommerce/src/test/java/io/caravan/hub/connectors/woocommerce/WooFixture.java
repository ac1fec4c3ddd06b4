package io.caravan.hub.connectors.woocommerce;

import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.woocommerce.sandbox.WooCommerceSandbox;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.product.Option;
import io.caravan.hub.model.product.Placed;
import io.caravan.hub.model.product.Product;
import io.caravan.hub.model.product.ProductImage;
import io.caravan.hub.model.product.Variant;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A store and products to test with. */
final class WooFixture {

    static final String REF = Refs.of("acme", "woocommerce.product", "product-1", "0");
    static final String API = "/wp-json/wc/v3";
    static final String PRODUCTS = API + "/products$";
    static final Map<String, String> SECRETS =
            Map.of("consumerKey", "ck_sandbox0001", "consumerSecret", "cs_sandbox0001");
    static final Map<String, String> SETTINGS = Map.of("currency", "USD", "weightUnit", "kg");
    static final String RED = sha("red");
    static final String BLUE = sha("blue");

    private WooFixture() {}

    static ConnectorKit kit(Path folder) throws Exception {
        return kit(folder, SECRETS, SETTINGS);
    }

    static ConnectorKit kit(Path folder, Map<String, String> secrets, Map<String, String> settings) throws Exception {
        ConnectorKit kit = new ConnectorKit(folder, new WooCommerceSandbox(), secrets, settings);
        set(kit, "lag_ms", 0);
        return kit;
    }

    static void set(ConnectorKit kit, String name, Object value) {
        SandboxState state = kit.sandbox().state("woocommerce");
        var all = state.get("settings", "woocommerce").orElse(SandboxState.object());
        state.put("settings", "woocommerce", all.put(name, value.toString()));
    }

    /** Two colours, one size each; the blue one is reduced. */
    static Product mug() {
        Variant red = variant("RED", "Red", Money.of(1999, "USD"), null, 7L, RED);
        Variant blue = variant("BLUE", "Blue | Navy", Money.of(1499, "USD"), Money.of(2999, "USD"), null, BLUE);
        return product(
                List.of(new Option("Color", List.of("Red", "Blue | Navy"))),
                List.of(red, blue),
                List.of(picture(RED), picture(BLUE)));
    }

    static Product simple() {
        Variant only = new Variant(
                "only",
                "CRV-ONLY",
                Map.of(),
                Money.of(500, "USD"),
                Money.of(1999, "USD"),
                Money.of(2999, "USD"),
                5L,
                null,
                350L,
                "s1",
                "");
        return product(List.of(), List.of(only), List.of(picture(RED)));
    }

    /** As many variants as wanted, without pictures. */
    static Product big(int variants) {
        List<String> sizes =
                IntStream.range(0, variants).mapToObj(i -> "No. " + i).toList();
        List<Variant> all = new ArrayList<>();
        for (String size : sizes) {
            all.add(new Variant(
                    Refs.of(size),
                    "CRV-" + size.replace(". ", ""),
                    Map.of("Size", size),
                    Money.of(500, "USD"),
                    Money.of(1000, "USD"),
                    null,
                    3L,
                    null,
                    null,
                    size,
                    ""));
        }
        return product(List.of(new Option("Size", sizes)), all, List.of());
    }

    static Product product(List<Option> options, List<Variant> variants, List<ProductImage> images) {
        return new Product(
                "product-1",
                "Moss & Friends' Mug",
                "<p>A mug with <b>moss</b>.</p>",
                "Mossy",
                "Mugs",
                List.of("moss", "Gifts & Co"),
                options,
                variants,
                images,
                "aliexpress",
                "1005001",
                "https://www.aliexpress.com/item/1005001.html");
    }

    static ProductImage picture(String sha) {
        return new ProductImage(sha, "https://ae01.alicdn.com/kf/" + sha + ".jpg", "A mug", 800, 800);
    }

    static Variant variant(
            String key, String label, Money price, @Nullable Money compareAt, @Nullable Long stock, String image) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("Color", label);
        return new Variant(
                key, "CRV-" + key, options, Money.of(500, "USD"), price, compareAt, stock, image, 350L, "s-" + key, "");
    }

    static VendorObject create(ConnectorKit kit, Product product) {
        return (VendorObject) kit.call("kamelet:woocommerce-product-create-action", product, Map.of("reference", REF));
    }

    @SuppressWarnings("unchecked")
    static List<VendorObject> lookup(ConnectorKit kit, @Nullable Product product) {
        return (List<VendorObject>)
                kit.call("kamelet:woocommerce-product-lookup-action", product, Map.of("reference", REF));
    }

    static VendorObject variants(ConnectorKit kit, Product product, VendorObject object) {
        return (VendorObject)
                kit.call("kamelet:woocommerce-variants-confirm-action", new Placed(product, object), on(object));
    }

    static Map<String, Object> on(VendorObject object) {
        return Map.of("reference", REF, "vendorId", object.id());
    }

    static List<ReceivedRequest> requests(ConnectorKit kit, String method) {
        return kit.sandbox().requests("woocommerce").stream()
                .filter(one -> one.method().equals(method))
                .toList();
    }

    static Fault fault(String method, @Nullable String path, Fault.Kind kind, int status, @Nullable String body) {
        return new Fault("woocommerce", method, path, 0, 1, kind, status, null, body, 0);
    }

    static Fault page(int status, @Nullable String retryAfter) {
        Map<String, String> headers = retryAfter == null
                ? Map.of("Content-Type", "text/html")
                : Map.of("Content-Type", "text/html", "Retry-After", retryAfter);
        return new Fault(
                "woocommerce",
                null,
                null,
                0,
                1,
                Fault.Kind.ANSWER,
                status,
                headers,
                "<!DOCTYPE html><title>Just a moment...</title>",
                0);
    }

    static String sha(String text) {
        return Refs.sha256Hex(text.getBytes(StandardCharsets.UTF_8));
    }
}

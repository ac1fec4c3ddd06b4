package io.caravan.hub.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.shopify.sandbox.ShopifySandbox;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.image.StoredObject;
import io.caravan.hub.model.port.ObjectStore;
import io.caravan.hub.model.product.Option;
import io.caravan.hub.model.product.Placed;
import io.caravan.hub.model.product.Product;
import io.caravan.hub.model.product.ProductImage;
import io.caravan.hub.model.product.Variant;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** A shop behind a tap, products of any size, and their pictures. Closing it has the schema judge all that passed. */
final class ShopifyFixture implements AutoCloseable {

    static final String REF = Refs.of("acme", "shopify.product", "listing-1", "0");
    static final String TOKEN = "shpat_0123456789abcdef";
    static final String GRAPHQL = "graphql.json$";
    static final List<byte[]> PICTURES = pictures(8);

    final ConnectorKit kit;
    final GraphqlTap tap;
    final Pictures store = new Pictures();

    ShopifyFixture(Path folder) throws Exception {
        this(folder, Map.of("currency", "USD"));
    }

    ShopifyFixture(Path folder, Map<String, String> settings) throws Exception {
        kit = new ConnectorKit(folder, new ShopifySandbox(), Map.of("accessToken", TOKEN), settings);
        kit.bind("objectStore", store);
        tap = new GraphqlTap(kit.sandbox().url().resolve("/shopify"));
        kit.baseUrl(tap.url());
        set("upload_host", tap.url().toString());
        set("media_ms", 60);
        set("operation_ms", 60);
        set("bucket", 1_000_000);
    }

    @Override
    public void close() throws IOException {
        kit.close();
        tap.close();
        if (ShopifySchema.present()) {
            assertThat(tap.violations()).as("the vendor's schema").isEmpty();
        }
    }

    SandboxState state() {
        return kit.sandbox().state("shopify");
    }

    void set(String name, Object value) {
        ObjectNode all = state().get("settings", "shopify").orElse(SandboxState.object());
        if (value instanceof Number number) {
            all.put(name, number.longValue());
        } else {
            all.put(name, value.toString());
        }
        state().put("settings", "shopify", all);
    }

    /** @param after how many requests pass before */
    void fault(int after, Fault.Kind kind, int status, @Nullable String body, Map<String, String> headers) {
        kit.sandbox().arm(new Fault("shopify", "POST", GRAPHQL, after, 1, kind, status, headers, body, 0));
    }

    VendorObject create(Product product) {
        return (VendorObject) kit.call("kamelet:shopify-product-create-action", product, Map.of("reference", REF));
    }

    @SuppressWarnings("unchecked")
    List<VendorObject> lookup(String vendorId) {
        Map<String, Object> variables = new HashMap<>(Map.of("reference", REF, "vendorId", vendorId));
        return (List<VendorObject>) kit.call("kamelet:shopify-product-lookup-action", null, variables);
    }

    VendorObject confirm(Product product, VendorObject draft) {
        return (VendorObject) kit.call("kamelet:shopify-product-confirm-action", product, naming(draft));
    }

    VendorObject fill(Product product, VendorObject draft) {
        return (VendorObject) kit.call(
                "kamelet:shopify-variants-create-action", new Placed(product, draft), Map.of("reference", REF));
    }

    @SuppressWarnings("unchecked")
    List<VendorObject> filled(Product product, VendorObject draft) {
        return (List<VendorObject>) kit.call(
                "kamelet:shopify-variants-lookup-action", new Placed(product, draft), Map.of("reference", REF));
    }

    VendorException failing(String uri, @Nullable Object body, Map<String, Object> variables) {
        VendorException failure = catchThrowableOfType(VendorException.class, () -> kit.call(uri, body, variables));
        assertThat(failure).as("the Kamelet must fail").isNotNull();
        return failure;
    }

    VendorException failingCreate(String parameters) {
        return failing("kamelet:shopify-product-create-action" + parameters, product(2), Map.of("reference", REF));
    }

    VendorException failingFill(Product product, VendorObject draft, String parameters) {
        return failing(
                "kamelet:shopify-variants-create-action" + parameters,
                new Placed(product, draft),
                Map.of("reference", REF));
    }

    static Map<String, Object> naming(VendorObject object) {
        return Map.of("reference", REF, "vendorId", object.id());
    }

    ObjectNode stored(VendorObject object) {
        return state().get("products", object.id()).orElseThrow();
    }

    List<JsonNode> storedVariants(VendorObject object) {
        List<JsonNode> all = new ArrayList<>();
        stored(object).path("variants").forEach(all::add);
        return all;
    }

    static Product product(int variants) {
        return product(variants, 0);
    }

    /** Colours and sizes; every variant has a picture of its colour when there are pictures. */
    static Product product(int variants, int images) {
        List<String> colours = new ArrayList<>();
        List<String> sizes = new ArrayList<>();
        int perColour = Math.min(variants, 15);
        List<Variant> all = new ArrayList<>();
        for (int i = 0; i < variants; i++) {
            String colour = "Colour " + i / perColour;
            String size = "Size " + i % perColour;
            if (!colours.contains(colour)) {
                colours.add(colour);
            }
            if (!sizes.contains(size)) {
                sizes.add(size);
            }
            Map<String, String> options = new LinkedHashMap<>();
            options.put("Color", colour);
            options.put("Size", size);
            all.add(variant(i, options, images == 0 ? null : hash(i / perColour % images)));
        }
        return of(List.of(new Option("Color", colours), new Option("Size", sizes)), all, images);
    }

    static Product plain() {
        return of(List.of(), List.of(variant(0, Map.of(), null)), 0);
    }

    static Variant variant(int i, Map<String, String> options, @Nullable String image) {
        return new Variant(
                "key-" + i,
                "CRV-" + i,
                options,
                Money.of(700, "USD"),
                Money.of(1999 + i, "USD"),
                i % 2 == 0 ? Money.of(2999 + i, "USD") : null,
                i % 5 == 4 ? null : (Long) (10L + i),
                image,
                250L,
                "s-" + i,
                "o-" + i);
    }

    private static Product of(List<Option> options, List<Variant> variants, int images) {
        List<ProductImage> pictures = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            pictures.add(new ProductImage(hash(i), "https://example.com/" + i, "Picture \"" + i + "\"", 64, 64));
        }
        return new Product(
                "listing-1",
                "Moss & Friends' Lamp",
                "<p>A lamp.</p>",
                "Mossy",
                "Lamps",
                List.of("moss", "lamp"),
                options,
                variants,
                pictures,
                "aliexpress",
                "1005001",
                "https://example.com/item/1005001.html");
    }

    static String hash(int i) {
        return Refs.sha256Hex(PICTURES.get(i));
    }

    private static List<byte[]> pictures(int count) {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
            image.setRGB(1, 1, 0x102030 * (i + 1));
            for (int x = 0; x < 64; x++) {
                image.setRGB(x, i * 7, 0xffffff);
            }
            try {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                ImageIO.write(image, "jpg", out);
                all.add(out.toByteArray());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    /** The pictures of one account. Public, since Camel calls it by reflection. */
    public static final class Pictures implements ObjectStore {
        private Runnable before = () -> {};
        private boolean broken;

        /** What happens in the world just when a picture is fetched. */
        void before(Runnable what) {
            before = what;
        }

        void broken(boolean value) {
            broken = value;
        }

        @Override
        public StoredObject put(AccountId account, String kind, String mediaType, byte[] bytes) {
            throw new UnsupportedOperationException("a connector only reads");
        }

        @Override
        public byte[] get(AccountId account, String kind, String sha256) {
            before.run();
            for (int i = 0; i < PICTURES.size(); i++) {
                if (account.value().equals("acme") && kind.equals("images") && sha256.equals(hash(i))) {
                    return broken ? new byte[] {1, 2, 3} : PICTURES.get(i).clone();
                }
            }
            throw new NoSuchElementException(kind + "/" + sha256);
        }
    }
}

package io.caravan.hub.connectors.shopify;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.product.Product;
import io.caravan.hub.model.product.Variant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads what the shop has of a product, page by page, and tells what is not as the product says. */
abstract class ReadShop extends Steps {

    /**
     * Most objects of a page. A question has to wait until the bucket holds what it may find, not what it does find, and
     * while many wait the small ones drain the bucket before a large one gets its turn.
     */
    private static final int PAGE = 25;

    /** Shopify's largest stock. */
    private static final long MOST = 1_000_000_000L;

    protected final Product wanted;
    protected final String product;
    protected final Connection connection;
    protected String location = "";
    protected List<ShopPicture> pictures = List.of();
    protected Map<String, ShopVariant> variants = Map.of();
    protected String version = "";
    private Map<String, Object> head = Map.of();
    private Runnable then = () -> {};

    ReadShop(Product wanted, String vendorId, Connection connection, Duration budget, LongSupplier nanos) {
        super(budget, nanos);
        this.wanted = wanted;
        this.product = Gid.product(vendorId);
        this.connection = connection;
    }

    /** Location, pictures, variants; then {@code next}. */
    final void readAll(Runnable next) {
        Runnable rest = () -> readPictures(() -> readVariants(next));
        String set = connection.settingOr("locationId", "");
        if (!location.isEmpty()) {
            rest.run();
        } else if (!set.isBlank()) {
            location = Gid.of("setting locationId", "Location", set);
            rest.run();
        } else {
            ask(GraphqlCall.of("locations", Map.of()), data -> {
                location = location(data);
                rest.run();
            });
        }
    }

    final void readPictures(Runnable next) {
        then = next;
        picturePage(null, new ArrayList<>(), false);
    }

    /** The same after a while. */
    final void readPicturesLater(Runnable next) {
        then = next;
        picturePage(null, new ArrayList<>(), true);
    }

    private void picturePage(@Nullable String after, List<ShopPicture> sofar, boolean wait) {
        Map<String, Object> variables = page(wanted.images().size(), after);
        GraphqlCall call = GraphqlCall.of("product-media", variables);
        java.util.function.Consumer<Map<String, Object>> taker = data -> {
            head = ConfirmProduct.there(data, product);
            version = ShopifyJson.text(head, "updatedAt");
            ShopifyJson.nodes(head.get("media")).forEach(node -> sofar.add(ShopPicture.of(node)));
            String cursor = ShopifyJson.nextPage(head.get("media"));
            if (cursor != null) {
                picturePage(cursor, sofar, false);
            } else {
                pictures = List.copyOf(sofar);
                then.run();
            }
        };
        if (wait) {
            askLater(call, taker);
        } else {
            ask(call, taker);
        }
    }

    final void readVariants(Runnable next) {
        variantPage(null, new LinkedHashMap<>(), next);
    }

    private void variantPage(@Nullable String after, Map<String, ShopVariant> sofar, Runnable next) {
        Map<String, Object> variables = page(wanted.variants().size(), after);
        variables.put("locationId", location);
        ask(GraphqlCall.of("product-variants", variables), data -> {
            Object connection = ConfirmProduct.there(data, product).get("variants");
            for (Map<String, Object> node : ShopifyJson.nodes(connection)) {
                ShopVariant one = ShopVariant.of(node);
                // a variant that the seller added without a SKU is not ours, and none of them hides another
                sofar.put(one.sku().isEmpty() ? one.id() : one.sku(), one);
            }
            String cursor = ShopifyJson.nextPage(connection);
            if (cursor != null) {
                variantPage(cursor, sofar, next);
            } else {
                variants = sofar;
                next.run();
            }
        });
    }

    /** @param expected how many there should be */
    private Map<String, Object> page(int expected, @Nullable String after) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("id", product);
        variables.put("first", Math.max(1, Math.min(PAGE, expected)));
        if (after != null) {
            variables.put("after", after);
        }
        return variables;
    }

    /** Whether a variant is missing or has another price. */
    final boolean variantsWrong() {
        return wanted.variants().stream().anyMatch(variant -> {
            ShopVariant there = variants.get(variant.sku());
            return there == null || !there.pricedAs(variant);
        });
    }

    /** The shop's picture of each of ours, by position; null where it is missing. */
    final List<@Nullable ShopPicture> placed() {
        List<@Nullable ShopPicture> placed = new ArrayList<>();
        for (int i = 0; i < wanted.images().size(); i++) {
            String name = ShopPicture.name(wanted.images().get(i).sha256(), i + 1);
            placed.add(pictures.stream().filter(one -> one.is(name)).findFirst().orElse(null));
        }
        return placed;
    }

    /** Ids in the order that they should have: ours as the product says, then what the seller added. */
    final List<String> order() {
        List<String> order = new ArrayList<>();
        placed().stream()
                .filter(Objects::nonNull)
                .forEach(one -> order.add(Objects.requireNonNull(one).id()));
        pictures.stream().filter(one -> !one.failed() && !one.ours()).forEach(one -> order.add(one.id()));
        return order;
    }

    final boolean picturesRight() {
        return placed().stream().allMatch(Objects::nonNull)
                && pictures.stream().map(ShopPicture::id).toList().equals(order());
    }

    /** Which variant lacks which picture: the shop's id of the variant to its id of the picture. */
    final Map<String, String> variantPictures() {
        Map<String, String> media = new LinkedHashMap<>();
        List<@Nullable ShopPicture> placed = placed();
        for (int i = 0; i < placed.size(); i++) {
            ShopPicture there = placed.get(i);
            if (there != null) {
                media.putIfAbsent(wanted.images().get(i).sha256(), there.id());
            }
        }
        Map<String, String> lacking = new LinkedHashMap<>();
        for (Variant variant : wanted.variants()) {
            ShopVariant there = variants.get(variant.sku());
            String image = variant.image() == null ? null : media.get(variant.image());
            if (there != null && image != null && !there.media().contains(image)) {
                lacking.put(there.id(), image);
            }
        }
        return lacking;
    }

    /** Variants whose stock is told and is another in the shop. */
    final List<Variant> stockWrong() {
        return wanted.variants().stream()
                .filter(variant -> {
                    ShopVariant there = variants.get(variant.sku());
                    Long stock = stock(variant);
                    return there != null && stock != null && !stock.equals(there.available());
                })
                .toList();
    }

    static @Nullable Long stock(Variant variant) {
        Long stock = variant.stock();
        return stock == null ? null : (Long) Math.max(0, Math.min(MOST, stock));
    }

    final boolean complete() {
        return !variantsWrong()
                && picturesRight()
                && variantPictures().isEmpty()
                && stockWrong().isEmpty();
    }

    final Map<String, Object> head() {
        return head;
    }

    private static String location(Map<String, Object> data) {
        List<Map<String, Object>> all = ShopifyJson.nodes(data.get("locations"));
        return all.stream()
                .filter(one -> Boolean.TRUE.equals(one.get("isActive"))
                        && Boolean.TRUE.equals(one.get("fulfillsOnlineOrders")))
                .map(one -> ShopifyJson.text(one, "id"))
                .findFirst()
                .orElseThrow(() -> ShopifyJson.refused(
                        "no-location",
                        "the shop has no location that ships online orders; set locationId of the connection"));
    }

    /** The vendor is at work; the same effect goes on there when it is run again. */
    static VendorException still(String what) {
        return new VendorException(
                ErrorKind.RATE_LIMITED,
                "shopify",
                "still-processing",
                200,
                "is at work on " + what + ", goes on in a moment",
                Duration.ofSeconds(3),
                "",
                null);
    }
}

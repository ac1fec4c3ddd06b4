package io.caravan.hub.connectors.shopify;

import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.product.Placed;
import io.caravan.hub.model.product.Variant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Completes a product: variants that are missing or priced otherwise, pictures, pictures of variants, stock; in this
 * order, and only what a read has shown to be otherwise. So it may be run any number of times, and a run that has used up
 * its time leaves the rest to the next one.
 */
final class FillProduct extends ReadShop {

    private static final int PICTURES_AT_ONCE = 10;
    private static final int VARIANTS_AT_ONCE = 100;

    private final String reference;
    private final Set<String> before = new HashSet<>();
    private final Map<Integer, String> uploaded = new HashMap<>();
    private boolean acted;
    private boolean variantsSet;
    private int waited;

    FillProduct(Placed placed, String reference, Connection connection, Duration budget, LongSupplier nanos) {
        super(placed.product(), placed.object().id(), connection, budget, nanos);
        this.reference = reference;
        readAll(this::variants);
    }

    private void variants() {
        if (!variantsWrong()) {
            pictures();
            return;
        }
        if (variantsSet) {
            throw ShopifyJson.unknown("not-applied", "took the variants, but they are not as sent");
        }
        go("variants");
        variantsSet = true;
        Map<String, String> ids = new HashMap<>();
        variants.values().stream().filter(one -> !one.sku().isEmpty()).forEach(one -> ids.put(one.sku(), one.id()));
        ask(
                CreateProduct.set(
                        Map.of("id", product),
                        ProductInput.variants(wanted, ids),
                        wanted.variants().size()),
                data -> {
                    Map<String, Object> payload = UserErrors.check(data, "productSet");
                    if (payload.get("product") instanceof Map<?, ?>) {
                        readVariants(this::variants);
                    } else {
                        ask(CreateProduct.status(payload), this::variantsProgressed);
                    }
                });
    }

    private void variantsProgressed(Map<String, Object> data) {
        Map<String, Object> operation = CreateProduct.operation(data);
        if (CreateProduct.complete(operation)) {
            readVariants(this::variants);
        } else if (late()) {
            throw still("the variants");
        } else {
            askLater(CreateProduct.status(operation), this::variantsProgressed);
        }
    }

    private void pictures() {
        if (pictures.stream().anyMatch(one -> !one.settled())) {
            // without a name nobody knows which one is on its way
            if (waited > 0 && late()) {
                throw still("the pictures");
            }
            waited++;
            readPicturesLater(this::pictures);
            return;
        }
        pictures.stream()
                .filter(one -> one.failed() && !before.isEmpty() && !before.contains(one.id()))
                .findFirst()
                .ifPresent(one -> {
                    throw ShopifyJson.refused("media-failed", "could not read a picture: " + one.why());
                });
        if (picturesRight()) {
            variantPictures(variantPictures());
            return;
        }
        List<@Nullable ShopPicture> placed = placed();
        if (uploaded.keySet().stream().anyMatch(i -> placed.get(i) == null)) {
            // going on would upload them again and again
            throw ShopifyJson.refused(
                    "picture-not-found", "took the pictures, and none has the name that it was given");
        }
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < placed.size() && missing.size() < PICTURES_AT_ONCE; i++) {
            if (placed.get(i) == null) {
                missing.add(i);
            }
        }
        go("the pictures");
        uploaded.clear();
        if (missing.isEmpty()) {
            setPictures();
        } else {
            stage(missing);
        }
    }

    private void stage(List<Integer> missing) {
        List<Map<String, Object>> wishes =
                missing.stream().map(i -> PictureUpload.wish(filename(i))).toList();
        ask(GraphqlCall.of("staged-uploads", Map.of("input", wishes)), data -> {
            List<?> targets = ShopifyJson.list(
                    UserErrors.check(data, "stagedUploadsCreate").get("stagedTargets"));
            if (targets.size() != missing.size()) {
                throw ShopifyJson.unreadable(targets.size() + " upload targets for " + missing.size() + " pictures");
            }
            uploadNext(missing, targets, 0);
        });
    }

    private void uploadNext(List<Integer> missing, List<?> targets, int index) {
        // what is uploaded counts only when the product is told of it, so time is kept for that
        if (index == missing.size() || (index > 0 && late())) {
            setPictures();
            return;
        }
        int position = missing.get(index);
        PictureUpload upload = PictureUpload.of(
                ShopifyJson.map(targets.get(index)),
                wanted.images().get(position).sha256(),
                filename(position),
                connection.baseUrl());
        send(upload, () -> {
            uploaded.put(position, upload.resource());
            uploadNext(missing, targets, index + 1);
        });
    }

    /** The whole list in its order: what stays by id, what is new by where it was uploaded to. What is left out goes. */
    private void setPictures() {
        before.clear();
        before.add("");
        pictures.forEach(one -> before.add(one.id()));
        List<Map<String, Object>> files = new ArrayList<>();
        List<@Nullable ShopPicture> placed = placed();
        List<String> known = new ArrayList<>(order());
        for (int i = 0; i < placed.size(); i++) {
            ShopPicture there = placed.get(i);
            if (there != null) {
                files.add(Map.of("id", there.id()));
                known.remove(there.id());
            } else if (uploaded.containsKey(i)) {
                Map<String, Object> file = new LinkedHashMap<>();
                file.put("originalSource", Objects.requireNonNull(uploaded.get(i)));
                file.put("filename", filename(i));
                file.put("alt", wanted.images().get(i).alt());
                file.put("contentType", "IMAGE");
                files.add(file);
            }
        }
        known.forEach(id -> files.add(Map.of("id", id)));
        ask(CreateProduct.set(Map.of("id", product), Map.of("files", files), 0), data -> {
            UserErrors.check(data, "productSet");
            readPictures(this::pictures);
        });
    }

    private void variantPictures(Map<String, String> lacking) {
        if (lacking.isEmpty()) {
            stock(stockWrong());
            return;
        }
        go("the pictures of variants");
        List<Map<String, Object>> batch = new ArrayList<>();
        Map<String, String> rest = new LinkedHashMap<>(lacking);
        lacking.entrySet().stream().limit(VARIANTS_AT_ONCE).forEach(one -> {
            batch.add(Map.of("id", one.getKey(), "mediaId", one.getValue()));
            rest.remove(one.getKey());
        });
        ask(GraphqlCall.of("variant-pictures", Map.of("productId", product, "variants", batch)), data -> {
            UserErrors.check(data, "productVariantsBulkUpdate");
            variantPictures(rest);
        });
    }

    private void stock(List<Variant> wrong) {
        if (wrong.isEmpty()) {
            done(LookUpVariants.object(this));
            return;
        }
        go("the stock");
        List<Map<String, Object>> quantities = new ArrayList<>();
        List<Variant> batch = wrong.subList(0, Math.min(VARIANTS_AT_ONCE, wrong.size()));
        for (Variant variant : batch) {
            ShopVariant there = Objects.requireNonNull(variants.get(variant.sku()));
            Map<String, Object> quantity = new LinkedHashMap<>();
            quantity.put("inventoryItemId", there.item());
            quantity.put("locationId", location);
            quantity.put("quantity", Objects.requireNonNull(stock(variant)));
            // must be said: what we saw there, or null where the piece was never kept
            quantity.put("changeFromQuantity", there.available());
            quantities.add(quantity);
        }
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("name", "available");
        input.put("reason", "correction");
        input.put("quantities", quantities);
        ask(GraphqlCall.of("inventory-set", Map.of("input", input, "key", key(input))), data -> {
            UserErrors.check(data, "inventorySetQuantities");
            stock(wrong.subList(batch.size(), wrong.size()));
        });
    }

    /**
     * The same question about the same state has the same key, so that a repetition is not counted twice; another state
     * has another key, since a key that comes back with another content is refused.
     */
    private String key(Map<String, Object> input) {
        String all = reference + "|" + version + "|" + ShopifyJson.write(input);
        return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** The first change of a run is always made, so that each run gets somewhere. */
    private void go(String what) {
        if (acted && late()) {
            throw still(what);
        }
        acted = true;
    }

    private String filename(int index) {
        return ShopPicture.name(wanted.images().get(index).sha256(), index + 1) + ".jpg";
    }
}

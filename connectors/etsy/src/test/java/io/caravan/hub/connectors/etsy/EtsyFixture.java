package io.caravan.hub.connectors.etsy;

import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.etsy.sandbox.EtsySandbox;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.image.StoredObject;
import io.caravan.hub.model.listing.Offer;
import io.caravan.hub.model.port.ObjectStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import javax.imageio.ImageIO;

/** A shop, an offer and a picture to test with. */
final class EtsyFixture {

    static final byte[] PICTURE = picture();
    static final String HASH = Refs.sha256Hex(PICTURE);
    static final String REF = Refs.of("acme", "etsy.listing", "listing-1", "0");
    static final Map<String, String> SECRETS = Map.of(
            "keystring", "keystring1",
            "sharedSecret", "sharedsecret1",
            "accessToken", "12345678.first-access-token",
            "refreshToken", "12345678.first-refresh-token");
    static final Map<String, String> SETTINGS = Map.of(
            "shopId", "87654321",
            "shippingProfileId", "3001",
            "readinessStateId", "18200000077",
            "taxonomyId", "1633",
            "productionPartnerIds", "901,902");

    private EtsyFixture() {}

    static ConnectorKit kit(Path folder) throws Exception {
        return kit(folder, SECRETS, SETTINGS);
    }

    static ConnectorKit kit(Path folder, Map<String, String> secrets, Map<String, String> settings) throws Exception {
        ConnectorKit kit = new ConnectorKit(folder, new EtsySandbox(), secrets, settings);
        kit.bind("objectStore", new OnePicture());
        set(kit, Map.of("lag_ms", 0L, "per_second", 1000L));
        String profile = settings.getOrDefault("readinessStateId", "");
        if (!profile.isEmpty()) {
            profile(kit, Long.parseLong(profile), 2, 7);
        }
        return kit;
    }

    static void set(ConnectorKit kit, Map<String, Long> settings) {
        SandboxState state = kit.sandbox().state("etsy");
        var all = state.get("settings", "etsy").orElse(SandboxState.object());
        settings.forEach(all::put);
        state.put("settings", "etsy", all);
    }

    /** A processing profile that the seller made. */
    static void profile(ConnectorKit kit, long id, int min, int max) {
        kit.sandbox()
                .state("etsy")
                .put(
                        "profiles",
                        String.valueOf(id),
                        SandboxState.object()
                                .put("shop_id", 87_654_321L)
                                .put("readiness_state_id", id)
                                .put("readiness_state", "made_to_order")
                                .put("min_processing_days", min)
                                .put("max_processing_days", max)
                                .put("processing_days_display_label", min + " to " + max + " days"));
    }

    static Offer offer() {
        return new Offer(
                "listing-1",
                "Moss & Friends' Terrarium Mug: 11oz",
                "A mug.\nWith moss on it.",
                List.of(
                        "moss",
                        "terrarium",
                        "mug",
                        "gift",
                        "plant mom",
                        "green",
                        "nature",
                        "forest",
                        "cozy",
                        "tea",
                        "coffee",
                        "houseplant",
                        "cottagecore"),
                Money.of(1999, "USD"),
                HASH,
                "A mug with moss",
                "CRV-LISTING-1");
    }

    static Map<String, Object> image(String listingId, int rank) {
        return Map.of(
                "listing_id", listingId, "image_sha256", HASH, "rank", rank, "alt_text", "A café mug with moss's view");
    }

    static Map<String, Object> inventory(String listingId) {
        return Map.of(
                "listing_id",
                listingId,
                "sku",
                "CRV-LISTING-1",
                "price",
                Map.of("amount_minor", 1999, "currency", "USD"),
                "quantity",
                40);
    }

    /** The same in two colours and two sizes. */
    static Map<String, Object> variants(String listingId) {
        Map<String, Object> request = new HashMap<>(inventory(listingId));
        request.put("readiness_state_id", "18200000077");
        request.put(
                "variants",
                List.of(
                        Map.of("sku", "P-1", "options", Map.of("Color", "White", "Size", "S")),
                        Map.of("sku", "P-2", "options", Map.of("Color", "White", "Size", "M")),
                        Map.of("sku", "P-3", "options", Map.of("Color", "Black", "Size", "S")),
                        Map.of("sku", "P-4", "options", Map.of("Color", "Black", "Size", "M"))));
        return request;
    }

    static VendorObject create(ConnectorKit kit) {
        return (VendorObject) kit.call("kamelet:etsy-listing-create-action", offer(), Map.of("reference", REF));
    }

    @SuppressWarnings("unchecked")
    static List<VendorObject> lookup(ConnectorKit kit) {
        return (List<VendorObject>) kit.call("kamelet:etsy-listing-lookup-action", offer(), Map.of("reference", REF));
    }

    /** A draft with its picture, ready to go live. */
    static VendorObject ready(ConnectorKit kit) {
        VendorObject draft = create(kit);
        kit.call("kamelet:etsy-image-create-action", image(draft.id(), 1), Map.of());
        return draft;
    }

    static Map<String, Object> confirming(VendorObject draft) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("reference", REF);
        variables.put("vendorId", draft.id());
        return variables;
    }

    private static byte[] picture() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Knows one picture of one account. Public, since Camel calls it by reflection. */
    public static final class OnePicture implements ObjectStore {
        @Override
        public StoredObject put(AccountId account, String kind, String mediaType, byte[] bytes) {
            throw new UnsupportedOperationException("a connector only reads");
        }

        @Override
        public byte[] get(AccountId account, String kind, String sha256) {
            if (account.value().equals("acme") && kind.equals("images") && sha256.equals(HASH)) {
                return PICTURE.clone();
            }
            throw new NoSuchElementException(kind + "/" + sha256);
        }
    }
}

package io.caravan.hub.routes.listings;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.image.StoredObject;
import io.caravan.hub.model.port.ObjectStore;
import java.util.Base64;
import java.util.Map;
import org.apache.camel.Body;

/** The one picture that every listing gets, and the store that it lies in. Public, since Camel calls it by reflection. */
public final class KillPicture implements ObjectStore {

    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /** Shape: in, the draft; out, the request of {@code etsy.image}. */
    public Map<String, Object> request(@Body VendorObject draft) {
        return Map.of(
                "listing_id", draft.id(), "image_sha256", Refs.sha256Hex(PNG), "rank", 1, "alt_text", "one pixel");
    }

    @Override
    public StoredObject put(AccountId account, String kind, String mediaType, byte[] bytes) {
        throw new UnsupportedOperationException("nothing is stored here");
    }

    @Override
    public byte[] get(AccountId account, String kind, String sha256) {
        return PNG.clone();
    }
}

package io.caravan.hub.connectors.etsy;

import io.caravan.hub.connectors.egress.VendorText;
import io.caravan.hub.model.Checks;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.VendorObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * Pictures of a listing. The request is {@code {listing_id, image_sha256, rank (1 to 20), alt_text}}. A rank is a place:
 * uploading to it again replaces what is there, which makes the call repeatable.
 */
public final class EtsyImageMapper {

    private static final ContentType TEXT = ContentType.create("text/plain", StandardCharsets.UTF_8);

    /** Content hash of the picture, to fetch it by. */
    public String hash(@Variable("etsyRequest") Object body) {
        String hash = EtsyJson.text(EtsyJson.map(body), "image_sha256");
        if (!hash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("image_sha256 must be 64 lower-case hexadecimal digits");
        }
        return hash;
    }

    /** Shape: in, the picture's bytes; out, the upload as multipart. */
    public EtsyCall upload(
            @Variable("etsyRequest") Object body,
            @Body byte[] picture,
            @Variable(Names.CONNECTION) Connection connection) {
        Map<String, Object> request = EtsyJson.map(body);
        String type = mediaType(picture);
        HttpEntity entity = MultipartEntityBuilder.create()
                .setCharset(StandardCharsets.UTF_8)
                .addBinaryBody("image", picture, ContentType.create(type), hash(body) + "." + type.substring(6))
                .addTextBody("rank", String.valueOf(rank(request)), TEXT)
                .addTextBody("overwrite", "true", TEXT)
                .addTextBody("alt_text", altText(request), TEXT)
                .build();
        return new EtsyCall(
                EtsyCall.BASE + "/shops/" + ListingRules.number("setting shopId", connection.setting("shopId"))
                        + "/listings/" + listing(request) + "/images",
                "",
                entity.getContentType(),
                true,
                entity);
    }

    /** Reads the pictures that the listing has; null when the request does not name listing and picture. */
    public @Nullable EtsyCall images(@Variable("etsyRequest") @Nullable Object body) {
        Map<String, Object> request = EtsyJson.map(body);
        return request.containsKey("listing_id") && request.containsKey("image_sha256")
                ? EtsyCall.get("/listings/" + listing(request) + "/images", "")
                : null;
    }

    /** Nothing found. */
    public List<VendorObject> none() {
        return List.of();
    }

    /** The picture of the request, when it is there: same rank, same alternative text. */
    public List<VendorObject> found(@Variable("etsyRequest") Object body, @Body @Nullable Object reply) {
        Map<String, Object> request = EtsyJson.map(body);
        if (!(EtsyJson.map(reply).get("results") instanceof List<?> results)) {
            throw EtsyJson.unreadable("a list of pictures without results");
        }
        return results.stream()
                .map(EtsyJson::map)
                .filter(image -> EtsyJson.number(image, "rank") == rank(request))
                .filter(image -> VendorText.same(altText(request), EtsyJson.text(image, "alt_text")))
                .map(this::image)
                .toList();
    }

    /** Shape: in, a picture of Etsy; out, facts {@code listing_image_id, rank, url}. */
    public VendorObject image(@Body @Nullable Object reply) {
        Map<String, Object> image = EtsyJson.map(reply);
        String id = EtsyJson.id(image, "listing_image_id");
        Map<String, Object> facts = new HashMap<>();
        facts.put("listing_image_id", id);
        facts.put("rank", EtsyJson.number(image, "rank"));
        facts.put("url", EtsyJson.text(image, "url_fullxfull"));
        return new VendorObject(id, "", facts);
    }

    private static String listing(Map<String, Object> request) {
        return ListingRules.number("listing_id", EtsyJson.text(request, "listing_id"));
    }

    private static long rank(Map<String, Object> request) {
        return request.get("rank") == null ? 1 : Checks.within("rank", EtsyJson.number(request, "rank"), 1, 20);
    }

    private static String altText(Map<String, Object> request) {
        return Checks.atMost("alt_text", EtsyJson.text(request, "alt_text"), 500);
    }

    /** By looking at the bytes; what a file calls itself proves nothing. */
    private static String mediaType(byte[] picture) {
        if (picture.length > 8 && (picture[0] & 0xff) == 0x89 && picture[1] == 'P' && picture[2] == 'N') {
            return "image/png";
        }
        if (picture.length > 8 && (picture[0] & 0xff) == 0xff && (picture[1] & 0xff) == 0xd8) {
            return "image/jpeg";
        }
        throw new IllegalArgumentException("image_sha256 must name a PNG or JPEG picture");
    }
}

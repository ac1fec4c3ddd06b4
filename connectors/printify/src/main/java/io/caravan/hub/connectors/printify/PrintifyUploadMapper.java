package io.caravan.hub.connectors.printify;

import io.caravan.hub.model.Names;
import io.caravan.hub.model.delivery.VendorObject;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Pictures in Printify's library. The request is {@code {image_sha256}}. The file is named after the effect's reference,
 * the one text of ours that an upload keeps.
 */
public final class PrintifyUploadMapper {

    /** Content hash of the picture, to fetch it by. */
    public String hash(@Body @Nullable Object body) {
        String hash = PrintifyJson.text(PrintifyJson.map(body), "image_sha256");
        if (!hash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("image_sha256 must be 64 lower-case hexadecimal digits");
        }
        return hash;
    }

    /** Shape: in, the picture's bytes; out, the upload with the bytes in base64. */
    public PrintifyCall upload(@Body byte[] picture, @Variable(Names.REFERENCE) String reference) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("file_name", reference + extension(picture));
        body.put("contents", Base64.getEncoder().encodeToString(picture));
        return PrintifyCall.send("/uploads/images.json", body);
    }

    /** Shape: in, an upload of Printify; out, facts {@code upload_id, file_name, width, height, preview_url}. */
    public VendorObject uploaded(@Body @Nullable Object reply) {
        Map<String, Object> upload = PrintifyJson.map(reply);
        String id = PrintifyJson.id(upload);
        Map<String, Object> facts = new HashMap<>();
        facts.put("upload_id", id);
        facts.put("file_name", PrintifyJson.text(upload, "file_name"));
        facts.put("width", PrintifyJson.number(upload, "width"));
        facts.put("height", PrintifyJson.number(upload, "height"));
        facts.put("preview_url", PrintifyJson.text(upload, "preview_url"));
        return new VendorObject(id, "", facts);
    }

    /** A search for the uploads that are named after the reference. */
    public PageSearch search(@Variable(Names.REFERENCE) String reference) {
        return new PageSearch(
                "/uploads.json",
                100,
                "upload_time",
                upload -> PrintifyJson.text(upload, "file_name").matches(reference + "\\.(png|jpg)"),
                this::uploaded,
                Instant.now());
    }

    /** One page into the search. */
    public void page(@Variable("printifySearch") PageSearch search, @Body @Nullable Object page) {
        search.take(PrintifyJson.map(page));
    }

    private static String extension(byte[] picture) {
        if (picture.length > 8 && (picture[0] & 0xff) == 0x89 && picture[1] == 'P' && picture[2] == 'N') {
            return ".png";
        }
        if (picture.length > 8 && (picture[0] & 0xff) == 0xff && (picture[1] & 0xff) == 0xd8) {
            return ".jpg";
        }
        throw new IllegalArgumentException("image_sha256 must name a PNG or JPEG picture");
    }
}

package io.caravan.hub.config.store;

import io.caravan.hub.enrich.image.PerceptualHash;
import java.util.Map;

/** The facts of a picture as a route hands them over. */
record PictureFacts(String sha256, String mediaType, int width, int height, long size, long phash, String prompt) {

    static PictureFacts of(Map<String, Object> picture) {
        Object phash = picture.get("phash");
        return new PictureFacts(
                text(picture, "sha256"),
                text(picture, "media_type"),
                (int) number(picture, "width"),
                (int) number(picture, "height"),
                number(picture, "size"),
                phash instanceof String hex ? PerceptualHash.fromHex(hex) : number(picture, "phash"),
                String.valueOf(picture.getOrDefault("prompt", "")));
    }

    private static String text(Map<String, Object> picture, String member) {
        if (picture.get(member) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalArgumentException("picture." + member + ": is missing");
    }

    private static long number(Map<String, Object> picture, String member) {
        if (picture.get(member) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("picture." + member + ": is no number");
    }
}

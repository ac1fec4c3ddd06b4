package io.caravan.hub.config.store;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended: the sort key and id of its last item, so that what is inserted meanwhile neither repeats nor hides
 * anything. Opaque to callers; it holds nothing that they have not seen.
 *
 * @param key the number that the list is sorted by
 */
record Cursor(long key, String id) {

    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((key + "|" + id).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @return null for the first page
     * @throws IllegalArgumentException when it is not a cursor of ours
     */
    static @Nullable Cursor of(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            List<String> parts = List.of(plain.split("\\|", 2));
            return new Cursor(Long.parseLong(parts.get(0)), parts.get(1));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("cursor: is not one that this list gave", e);
        }
    }
}

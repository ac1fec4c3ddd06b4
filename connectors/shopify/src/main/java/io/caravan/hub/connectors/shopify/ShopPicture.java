package io.caravan.hub.connectors.shopify;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * A picture as the shop has it. It has no field of ours, but the file keeps the name that we gave it, with something
 * behind when the shop had a file of that name: {@code <sha256>-<position>.jpg}, {@code <sha256>-<position>_<uuid>.jpg}.
 *
 * @param name of the file, {@code ""} until it is ready
 * @param why what the vendor says about a failed one
 */
record ShopPicture(String id, String status, String name, String why) {

    static ShopPicture of(Map<String, Object> media) {
        String url = ShopifyJson.text(ShopifyJson.map(media.get("image")), "url");
        String path = url.replaceAll("[?#].*", "");
        String why = ShopifyJson.list(media.get("mediaErrors")).stream()
                .map(ShopifyJson::map)
                .map(error -> ShopifyJson.text(error, "code") + " " + ShopifyJson.text(error, "message"))
                .collect(Collectors.joining("; "));
        return new ShopPicture(
                ShopifyJson.text(media, "id"),
                ShopifyJson.text(media, "status"),
                path.substring(path.lastIndexOf('/') + 1),
                why);
    }

    boolean ready() {
        return status.equals("READY");
    }

    boolean failed() {
        return status.equals("FAILED");
    }

    boolean settled() {
        return ready() || failed();
    }

    static String name(String sha256, int position) {
        return sha256 + "-" + position;
    }

    boolean is(String wanted) {
        return ready() && name.matches(java.util.regex.Pattern.quote(wanted) + "([._].*)?");
    }

    /** Whether the name is of our making, be it of another picture. */
    boolean ours() {
        return name.matches("[0-9a-f]{64}-[0-9]{1,3}([._].*)?");
    }
}

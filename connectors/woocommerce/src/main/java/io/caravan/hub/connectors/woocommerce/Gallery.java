package io.caravan.hub.connectors.woocommerce;

import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.product.ProductImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a product. A store fetches each by its address during the request, and again each time it is told the
 * address; so a picture is named by its SHA-256, and one that is there is named by the store's id.
 */
final class Gallery {

    private Gallery() {}

    /** SHA-256 to the store's id, of the wanted pictures that the store has; in the store's order. */
    static Map<String, String> present(List<ProductImage> wanted, List<?> images) {
        Map<String, String> present = new LinkedHashMap<>();
        for (Object one : images) {
            Map<String, Object> image = WooCommerceJson.map(one);
            String id = WooCommerceJson.idOr(image, "id");
            String marks = WooCommerceJson.text(image, "name") + " " + WooCommerceJson.text(image, "src");
            wanted.stream()
                    .map(ProductImage::sha256)
                    .filter(sha -> !id.isEmpty() && marks.contains(sha))
                    .findFirst()
                    .ifPresent(sha -> present.putIfAbsent(sha, id));
        }
        return present;
    }

    /**
     * The gallery to send next: what is there, and the next few of what is not, in the product's order. Null when the
     * store's gallery is as wanted.
     *
     * @param atOnce how many new pictures go into one request, which lasts as long as their downloads
     */
    static @Nullable List<Map<String, Object>> next(
            List<ProductImage> wanted, List<?> images, int atOnce, Connection connection) {
        Map<String, String> present = present(wanted, images);
        List<String> order =
                wanted.stream().map(ProductImage::sha256).distinct().toList();
        if (images.size() == order.size() && List.copyOf(present.keySet()).equals(order)) {
            return null;
        }
        List<Map<String, Object>> next = new ArrayList<>();
        int fresh = 0;
        for (ProductImage image : wanted) {
            String id = present.get(image.sha256());
            if (id != null) {
                next.add(Map.of("id", Long.valueOf(id)));
            } else if (fresh < atOnce) {
                fresh++;
                next.add(Map.of("src", address(image, connection), "name", image.sha256(), "alt", image.alt()));
            }
        }
        return next;
    }

    /**
     * Where the store finds a picture. {@code publicObjectsUrl} may hold {@code {sha256}}; WordPress judges a file by its
     * name, so that a name without an ending is refused.
     */
    static String address(ProductImage image, Connection connection) {
        String ours = connection.settingOr("publicObjectsUrl", "").trim();
        String address = ours.isEmpty()
                ? image.source()
                : ours.contains("{sha256}")
                        ? ours.replace("{sha256}", image.sha256())
                        : ours.replaceFirst("/+$", "") + "/" + image.sha256() + ".jpg";
        if (address.startsWith("//")) {
            address = "https:" + address;
        }
        if (!address.matches("https?://[^\\s\"<>]{1,2000}")) {
            throw new IllegalArgumentException(
                    "picture " + image.sha256() + " has no address that a store can download it from");
        }
        return address;
    }
}

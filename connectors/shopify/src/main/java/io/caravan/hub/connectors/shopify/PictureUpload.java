package io.caravan.hub.connectors.shopify;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;

/**
 * A picture's bytes on their way to the place that Shopify named for them.
 *
 * @param url where to, named by the vendor and checked
 * @param fields in the vendor's order; they go before the file
 * @param sha256 the picture in the object store
 * @param resource what Shopify wants to be told afterwards, {@code originalSource}
 */
public record PictureUpload(String url, Map<String, String> fields, String sha256, String filename, String resource) {

    /** Where Shopify keeps staged uploads. Source: shopify.dev, stagedUploadsCreate, examples read 2026-11-20. */
    private static final Set<String> STORES = Set.of("shopify-staged-uploads.storage.googleapis.com");

    private static final ContentType TEXT = ContentType.create("text/plain", StandardCharsets.UTF_8);

    public PictureUpload {
        fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * @param target {@code {url, resourceUrl, parameters [{name, value}]}}
     * @param shop the connection's own address
     * @throws VendorException of kind REJECTED when the target is none of Shopify's: our bytes go nowhere else
     */
    static PictureUpload of(Map<String, Object> target, String sha256, String filename, URI shop) {
        String url = ShopifyJson.text(target, "url");
        String resource = ShopifyJson.text(target, "resourceUrl");
        if (url.isEmpty() || resource.isEmpty()) {
            throw ShopifyJson.unreadable("a staged target without an address");
        }
        if (!allowed(url, shop)) {
            throw new VendorException(
                    ErrorKind.REJECTED,
                    "shopify",
                    "foreign-upload-target",
                    200,
                    "named an upload target that is not Shopify's; nothing was sent there",
                    "");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (Object one : ShopifyJson.list(target.get("parameters"))) {
            Map<String, Object> parameter = ShopifyJson.map(one);
            fields.put(ShopifyJson.text(parameter, "name"), ShopifyJson.text(parameter, "value"));
        }
        return new PictureUpload(url, fields, sha256, filename, resource);
    }

    /** https on Shopify's store, or the shop's own scheme, host and port; nothing that Camel would expand. */
    static boolean allowed(String url, URI shop) {
        if (!url.matches("https?://[A-Za-z0-9.:-]+(/[A-Za-z0-9._~/-]*)?")) {
            return false;
        }
        try {
            URI target = new URI(url);
            String host = target.getHost() == null ? "" : target.getHost().toLowerCase(Locale.ROOT);
            boolean own = target.getScheme().equals(shop.getScheme())
                    && host.equalsIgnoreCase(shop.getHost())
                    && target.getPort() == shop.getPort();
            boolean store = target.getScheme().equals("https")
                    && (target.getPort() == -1 || target.getPort() == 443)
                    && STORES.contains(host);
            return target.getRawUserInfo() == null && (own || store);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The form: the vendor's fields, then the file. */
    public HttpEntity entity(byte[] picture) {
        MultipartEntityBuilder form = MultipartEntityBuilder.create().setCharset(StandardCharsets.UTF_8);
        fields.forEach((name, value) -> form.addTextBody(name, value, TEXT));
        return form.addBinaryBody("file", picture, ContentType.IMAGE_JPEG, filename)
                .build();
    }

    /** The vendor's own place, for the tests' and operators' eyes; never the signed fields. */
    @Override
    public String toString() {
        return "PictureUpload[" + filename + "]";
    }

    /** What is asked of Shopify before: a place for one file. */
    static Map<String, Object> wish(String filename) {
        Map<String, Object> wish = new LinkedHashMap<>();
        wish.put("filename", filename);
        wish.put("mimeType", "image/jpeg");
        wish.put("httpMethod", "POST");
        wish.put("resource", "IMAGE");
        return wish;
    }
}

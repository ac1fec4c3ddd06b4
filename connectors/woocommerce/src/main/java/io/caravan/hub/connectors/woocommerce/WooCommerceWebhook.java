package io.caravan.hub.connectors.woocommerce;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a webhook request is the store's, for an ingress that holds its raw bytes. The signature covers the body
 * alone and carries no time, so a captured request stays valid for ever: keep {@link #deliveryId} and refuse a second one.
 */
public final class WooCommerceWebhook {

    private static final String HMAC = "HmacSHA256";

    private final List<String> secrets;

    /** @param secrets those of the webhook; two while one replaces the other */
    public WooCommerceWebhook(List<String> secrets) {
        if (secrets.isEmpty() || secrets.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a webhook's secret must not be blank");
        }
        this.secrets = List.copyOf(secrets);
    }

    /**
     * @param raw the request's body as it came
     * @param headers of the request, names in any case
     */
    public boolean verify(byte[] raw, Map<String, ?> headers) {
        byte[] told = decoded(header(headers, "X-WC-Webhook-Signature"));
        boolean any = false;
        for (String secret : secrets) {
            any |= MessageDigest.isEqual(hmac(secret, raw), told);
        }
        return any && told.length > 0;
    }

    /** What to remember it by; empty when the header is missing. */
    public static String deliveryId(Map<String, ?> headers) {
        return header(headers, "X-WC-Webhook-Delivery-ID");
    }

    /** {@code product.updated}; empty for a ping. */
    public static String topic(Map<String, ?> headers) {
        return header(headers, "X-WC-Webhook-Topic");
    }

    /** The form that a store posts when a webhook is saved; it wants 2xx, or the webhook stays off. */
    public static boolean ping(byte[] raw) {
        return raw.length < 64 && new String(raw, StandardCharsets.UTF_8).trim().matches("webhook_id=[0-9]{1,19}");
    }

    private static byte[] hmac(String secret, byte[] raw) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            return mac.doFinal(raw);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    private static byte[] decoded(String signature) {
        try {
            return Base64.getDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static String header(Map<String, ?> headers, String name) {
        for (Map.Entry<String, ?> header : headers.entrySet()) {
            @Nullable Object value = header.getValue();
            if (header.getKey().equalsIgnoreCase(name) && value != null) {
                return value.toString().trim();
            }
        }
        return "";
    }
}

package io.caravan.hub.connectors.shopify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature of a webhook: Base64 of HMAC-SHA256 over the raw body, keyed with the app's client secret. There is no signed
 * time, so a replay is told by {@code X-Shopify-Webhook-Id} alone.
 * Source: https://shopify.dev/docs/apps/build/webhooks/subscribe/https, read 2026-11-20.
 */
public final class ShopifySignature {

    private ShopifySignature() {}

    /**
     * Takes the same time whatever the signature is.
     *
     * @param secret the app's client secret; webhooks that were made in the shop's admin have another one
     * @param signature header {@code X-Shopify-Hmac-SHA256}
     * @param raw the body before anything touched it
     */
    public static boolean verify(String secret, String signature, byte[] raw) {
        if (secret.isEmpty()) {
            return false;
        }
        return MessageDigest.isEqual(
                sign(secret, raw).getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.UTF_8));
    }

    private static String sign(String secret, byte[] raw) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(raw));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}

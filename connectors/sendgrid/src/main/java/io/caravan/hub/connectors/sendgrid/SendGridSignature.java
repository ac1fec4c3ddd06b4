package io.caravan.hub.connectors.sendgrid;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Signature of the event webhook: ECDSA on P-256 with SHA-256 over the timestamp's characters followed by the raw body,
 * whose last bytes are CR LF and belong to it. A public key holds no secret, so the check has nothing to leak by its time.
 * Source: https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features, read 2026-11-20.
 */
public final class SendGridSignature {

    private static final int P256_BITS = 256;

    private SendGridSignature() {}

    /**
     * @param base64Der the key as SendGrid shows it: Base64 of a DER SubjectPublicKeyInfo, without a PEM frame
     * @throws IllegalArgumentException when it is no P-256 key
     */
    public static PublicKey key(String base64Der) {
        try {
            byte[] der = Base64.getDecoder().decode(base64Der.strip());
            PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
            if (key instanceof ECPublicKey ec && ec.getParams().getOrder().bitLength() == P256_BITS) {
                return key;
            }
            throw new IllegalArgumentException("the webhook's key is not a P-256 key");
        } catch (InvalidKeySpecException e) {
            throw new IllegalArgumentException("the webhook's key is no public key of an elliptic curve", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK knows EC keys", e);
        }
    }

    /**
     * @param timestamp header {@code X-Twilio-Email-Event-Webhook-Timestamp}, seconds since 1970
     * @param signature header {@code X-Twilio-Email-Event-Webhook-Signature}, Base64 of DER
     * @param raw the body before anything touched it
     * @param tolerance how far the timestamp may lie before or after {@code now}
     */
    public static boolean verify(
            PublicKey key, String timestamp, String signature, byte[] raw, Instant now, Duration tolerance) {
        return timestamp.matches("[0-9]{1,12}")
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                                .abs()
                                .compareTo(tolerance)
                        <= 0
                && signed(key, timestamp, signature, raw);
    }

    private static boolean signed(PublicKey key, String timestamp, String signature, byte[] raw) {
        try {
            Signature check = Signature.getInstance("SHA256withECDSA");
            check.initVerify(key);
            check.update(timestamp.getBytes(StandardCharsets.US_ASCII));
            check.update(raw);
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false; // not Base64, or not the DER of a signature
        }
    }
}

package io.caravan.hub.routes.api.matrix;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whoever sends webhooks: the scorer (HMAC with a shared secret) and SendGrid (ECDSA). Signs by itself, so that a fault in the hub's own
 * signing would show. Each source has a secret in use, one that is being replaced, one that is long gone, and the other
 * account's.
 */
final class Webhooks {

    /** Which secret a request is signed with. */
    enum Secret {
        CURRENT,
        ROTATED,
        GONE,
        OTHER_ACCOUNT,
        /** The account's of {@link ContractFuzzTest}. */
        FUZZ
    }

    private final Map<Secret, byte[]> scorer = new LinkedHashMap<>();
    private final Map<Secret, KeyPair> sendgrid = new LinkedHashMap<>();

    Webhooks() {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
            pairs.initialize(new ECGenParameterSpec("secp256r1"));
            for (Secret secret : Secret.values()) {
                sendgrid.put(secret, pairs.generateKeyPair());
                byte[] bytes = new byte[32];
                Arrays.fill(bytes, (byte) (secret.ordinal() + 1));
                scorer.put(secret, bytes);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    /** What the hub is told of the scorer's secrets while one replaces the other. */
    String scorerSecrets() {
        return whsec(Secret.CURRENT) + "," + whsec(Secret.ROTATED);
    }

    String otherScorerSecret() {
        return whsec(Secret.OTHER_ACCOUNT);
    }

    String publicKeys() {
        return pem(Secret.CURRENT) + "," + pem(Secret.ROTATED);
    }

    String otherPublicKey() {
        return pem(Secret.OTHER_ACCOUNT);
    }

    String publicKey(Secret of) {
        return pem(of);
    }

    String scorerSecret(Secret of) {
        return whsec(of);
    }

    private String whsec(Secret secret) {
        return "whsec_" + Base64.getEncoder().encodeToString(scorer.get(secret));
    }

    private String pem(Secret secret) {
        KeyPair pair = sendgrid.get(secret);
        if (pair == null) {
            throw new IllegalArgumentException("no key " + secret);
        }
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    /** The headers with which the scorer would send these bytes. */
    Map<String, String> scorer(Secret secret, String id, Instant at, byte[] raw) {
        try {
            String seconds = String.valueOf(at.getEpochSecond());
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(scorer.get(secret), "HmacSHA256"));
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("webhook-id", id);
            headers.put("webhook-timestamp", seconds);
            headers.put("webhook-signature", "v1," + Base64.getEncoder().encodeToString(mac.doFinal(raw)));
            return headers;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** The headers with which SendGrid would send these bytes. */
    Map<String, String> sendgrid(Secret secret, Instant at, byte[] raw) {
        try {
            KeyPair pair = sendgrid.get(secret);
            if (pair == null) {
                throw new IllegalArgumentException("no key " + secret);
            }
            PrivateKey key = pair.getPrivate();
            String seconds = String.valueOf(at.getEpochSecond());
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(seconds.getBytes(StandardCharsets.UTF_8));
            signature.update(raw);
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("X-Twilio-Email-Event-Webhook-Timestamp", seconds);
            headers.put(
                    "X-Twilio-Email-Event-Webhook-Signature",
                    Base64.getEncoder().encodeToString(signature.sign()));
            return headers;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has ECDSA", e);
        }
    }
}

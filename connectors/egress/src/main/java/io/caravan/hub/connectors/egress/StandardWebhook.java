package io.caravan.hub.connectors.egress;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs webhooks and checks them as Standard Webhooks 1.0.0 says: {@code v1,} and Base64 of HMAC-SHA256 over
 * {@code id.timestamp.body}. Two secrets are in use while one replaces the other: each signs, either is enough.
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, read 2026-11-20.
 */
public final class StandardWebhook {

    public static final String ID = "webhook-id";
    public static final String TIMESTAMP = "webhook-timestamp";
    public static final String SIGNATURE = "webhook-signature";

    /** How far the sender's clock may be from ours, in either direction; what is older may be a replay. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String PREFIX = "whsec_";
    private static final int SHORTEST_KEY = 24;
    private static final int MOST_SIGNATURES = 10;
    private static final String HMAC = "HmacSHA256";

    private final List<byte[]> keys;

    /**
     * @param secrets {@code whsec_} and Base64 of at least 24 bytes; several are parted by commas or blanks
     * @throws IllegalArgumentException when one is none, or there is none; never shows it
     */
    public StandardWebhook(String secrets) {
        this.keys = Arrays.stream(secrets.strip().split("[,\\s]+"))
                .map(StandardWebhook::key)
                .toList();
    }

    private static byte[] key(String secret) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("a webhook secret must be whsec_ and Base64", null);
        }
        if (key.length < SHORTEST_KEY) {
            throw new IllegalArgumentException("a webhook secret must have at least " + SHORTEST_KEY + " bytes");
        }
        return key;
    }

    /** The three headers of a webhook that is sent now. */
    public Map<String, String> sign(String id, Instant now, byte[] raw) {
        String seconds = String.valueOf(now.getEpochSecond());
        String signatures = String.join(
                " ",
                keys.stream()
                        .map(key -> "v1," + Base64.getEncoder().encodeToString(hmac(key, id, seconds, raw)))
                        .toList());
        return Map.of(ID, id, TIMESTAMP, seconds, SIGNATURE, signatures);
    }

    /**
     * Takes the same time whatever the signature is.
     *
     * @param headers names in any case
     * @param raw the request's body as it came
     */
    public boolean verify(Map<String, ?> headers, Instant now, byte[] raw) {
        String id = header(headers, ID);
        String seconds = header(headers, TIMESTAMP);
        if (id.isEmpty() || id.length() > 255 || !seconds.matches("[0-9]{1,12}")) {
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now);
        if (age.abs().compareTo(TOLERANCE) > 0) {
            return false;
        }
        String[] signatures = header(headers, SIGNATURE).split(" ", MOST_SIGNATURES + 1);
        boolean fits = false;
        for (byte[] key : keys) {
            byte[] right = hmac(key, id, seconds, raw);
            for (int i = 0; i < Math.min(signatures.length, MOST_SIGNATURES); i++) {
                fits |= MessageDigest.isEqual(right, decoded(signatures[i]));
            }
        }
        return fits;
    }

    /** The sender's id of the event: the same for each repetition; empty when there is none. */
    public static String id(Map<String, ?> headers) {
        return header(headers, ID);
    }

    private static byte[] decoded(String signature) {
        try {
            return signature.startsWith("v1,") ? Base64.getDecoder().decode(signature.substring(3)) : new byte[0];
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private static byte[] hmac(byte[] key, String id, String seconds, byte[] raw) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(raw);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    private static String header(Map<String, ?> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name) && header.getValue() != null)
                .map(header -> header.getValue().toString().strip())
                .findFirst()
                .orElse("");
    }
}

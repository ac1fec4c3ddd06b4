package io.caravan.hub.config.security;

import io.caravan.hub.model.Refs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts stored credentials (AES-256-GCM) and peppers the hashes of API keys. Two keys may be live: the current one
 * writes, the previous one still reads, so that keys are changed without downtime.
 */
public final class MasterKey {

    private static final int BYTES = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, byte[]> keys = new LinkedHashMap<>();
    private final String current;

    /**
     * @param key 32 bytes in Base64
     * @throws IllegalArgumentException when a key has another length or is no Base64
     */
    public MasterKey(String key, @Nullable String previous) {
        this.current = add("HUB_MASTER_KEY", key);
        if (previous != null && !previous.isBlank()) {
            add("HUB_MASTER_PREVIOUS", previous);
        }
    }

    /** A new key in Base64. */
    public static String generate() {
        byte[] key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /** Name of the key that {@link #seal} uses; stored beside what it sealed. */
    public String keyId() {
        return current;
    }

    /** @param context binds the result to its place: it cannot be opened as another row's */
    public byte[] seal(String context, byte[] plain) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, key(current), nonce, context, plain);
        return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
    }

    /** @throws IllegalStateException when the key is not known here or the bytes were changed */
    public byte[] open(String keyId, String context, byte[] sealed) {
        byte[] nonce = Arrays.copyOf(sealed, NONCE);
        return run(Cipher.DECRYPT_MODE, key(keyId), nonce, context, Arrays.copyOfRange(sealed, NONCE, sealed.length));
    }

    /** HMAC-SHA256 of an API key, hexadecimal: its form in the database. The key has 256 random bits, so one round is enough. */
    String hash(String apiKey) {
        return HexFormat.of().formatHex(mac(key(current), "api-key|" + apiKey));
    }

    /** A keyed hash of settings and credentials together: tells whether they changed and nothing else. */
    public String fingerprint(String text) {
        return HexFormat.of().formatHex(mac(key(current), "fingerprint|" + text));
    }

    private String add(String name, String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " must be 32 bytes in Base64 (openssl rand -base64 32)", e);
        }
        if (key.length != BYTES) {
            throw new IllegalArgumentException(
                    name + " must be 32 bytes in Base64 (openssl rand -base64 32), it has " + key.length + " bytes");
        }
        String id = Refs.sha256Hex(mac(key, "key-id")).substring(0, 12);
        keys.put(id, key);
        return id;
    }

    private byte[] key(String id) {
        byte[] key = keys.get(id);
        if (key == null) {
            throw new IllegalStateException("stored credentials were sealed with master key " + id
                    + ", which is not given: set HUB_MASTER_PREVIOUS");
        }
        return key;
    }

    private static byte[] run(int mode, byte[] key, byte[] nonce, String context, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "a stored credential cannot be opened: wrong master key or changed bytes", e);
        }
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}

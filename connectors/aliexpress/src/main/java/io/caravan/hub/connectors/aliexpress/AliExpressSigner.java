package io.caravan.hub.connectors.aliexpress;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The platform's signature: HMAC-SHA256 in upper-case hex over the path of a system call, nothing for a business call,
 * and all parameters with a value, sorted by name, name and value without any separator, nothing url-encoded.
 * Source: "Signature algorithm" of openservice.aliexpress.com, vectors re-computed 2026-11.
 */
final class AliExpressSigner {

    private static final String ALGORITHM = "HmacSHA256";

    private AliExpressSigner() {}

    /**
     * @param path of a system call ({@code /auth/token/create}), empty for {@code /sync}
     * @param params without {@code sign}
     */
    static String sign(String secret, String path, Map<String, String> params) {
        StringBuilder text = new StringBuilder(path);
        new TreeMap<>(params).forEach((name, value) -> {
            if (!value.isEmpty()) {
                text.append(name).append(value);
            }
        });
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] hash = mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}

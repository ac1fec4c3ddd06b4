package io.caravan.hub.connectors.aliexpress.sandbox;

import io.caravan.hub.connectors.sandbox.RateWindow;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What stands before each API: app key, timestamp, signature, and calls per second of each method. */
final class Gate {

    private final Settings settings;
    private final Map<String, RateWindow> windows = new HashMap<>();

    Gate(Settings settings) {
        this.settings = settings;
    }

    /**
     * Null when the request may pass.
     *
     * @param api path of a system API, empty for /sync
     */
    @Nullable
    Refusal refusal(String api, Map<String, String> params) {
        for (String name : List.of("app_key", "timestamp", "sign_method", "sign")) {
            if (params.getOrDefault(name, "").isEmpty()) {
                return Refusal.of("MissingParameter", "The input parameter \"" + name + "\" is missing", "ISV");
            }
        }
        if (!settings.text("app_key", "501234").equals(params.get("app_key"))) {
            return Refusal.of("InvalidAppKey", "The specified App Key is invalid", "ISV");
        }
        String timestamp = params.getOrDefault("timestamp", "");
        if (!timestamp.matches("[0-9]{13}")
                || Math.abs(settings.now() - Long.parseLong(timestamp)) > settings.number("window_ms", 7_200_000)) {
            return Refusal.of("InvalidTimestamp", "The specified timestamp is invalid or expired", "ISV");
        }
        if (!"sha256".equals(params.get("sign_method")) || !signed(api, params)) {
            return Refusal.of(
                    "IncompleteSignature", "The request signature does not conform to platform standards", "ISV");
        }
        return limit(api.isEmpty() ? params.getOrDefault("method", "") : api);
    }

    private synchronized @Nullable Refusal limit(String method) {
        int cap = (int) settings.number("per_second", 50);
        RateWindow window = windows.compute(
                method,
                (name, present) ->
                        present == null || present.cap() != cap ? new RateWindow(cap, Duration.ofSeconds(1)) : present);
        return window.take() >= 0
                ? null
                : Refusal.of(
                        "ApiCallLimit", "Api access frequency exceeds the limit. this ban will last 1 seconds", "ISP");
    }

    private boolean signed(String api, Map<String, String> params) {
        List<String> names = new ArrayList<>(params.keySet());
        names.remove("sign");
        Collections.sort(names);
        String text = api;
        for (String name : names) {
            String value = params.get(name);
            text = value == null || value.isEmpty() ? text : text.concat(name).concat(value);
        }
        byte[] expected = hex(text).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, params.getOrDefault("sign", "").getBytes(StandardCharsets.US_ASCII));
    }

    private String hex(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            String secret = settings.text("app_secret", "sandbox-app-secret");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "RAW"));
            BigInteger hash = new BigInteger(1, mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            return String.format(Locale.ROOT, "%064x", hash).toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

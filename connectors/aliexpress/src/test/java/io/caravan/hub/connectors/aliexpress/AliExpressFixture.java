package io.caravan.hub.connectors.aliexpress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.caravan.hub.connectors.aliexpress.sandbox.AliExpressSandbox;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.nio.file.Path;
import java.util.Map;

/** An app, a seller and what is asked in most tests. */
final class AliExpressFixture {

    static final Map<String, String> SECRETS = Map.of(
            "appKey", "501234",
            "appSecret", "sandbox-app-secret",
            "accessToken", "50000sandboxseller",
            "refreshToken", "50001sandboxseller");
    static final String MUG = "1005000000000101";
    static final Map<String, Object> ASKED = asked(MUG);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private AliExpressFixture() {}

    static ConnectorKit kit(Path folder) throws Exception {
        return kit(folder, SECRETS);
    }

    static ConnectorKit kit(Path folder, Map<String, String> secrets) throws Exception {
        ConnectorKit kit = new ConnectorKit(folder, new AliExpressSandbox(), secrets, Map.of());
        set(kit, Map.of("per_second", 1_000L));
        return kit;
    }

    static void set(ConnectorKit kit, Map<String, Long> settings) {
        SandboxState state = kit.sandbox().state("aliexpress");
        var all = state.get("settings", "aliexpress").orElseGet(SandboxState::object);
        settings.forEach(all::put);
        state.put("settings", "aliexpress", all);
    }

    static Map<String, Object> asked(String product) {
        return Map.of("product_id", product, "ship_to", "US", "currency", "USD", "language", "en");
    }

    /** Parsed as the egress parses it. */
    static Object json(String text) {
        try {
            return JSON.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

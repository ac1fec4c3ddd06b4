package io.caravan.hub.routes.proof;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.Router;
import io.caravan.hub.connectors.sandbox.SandboxServer;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.Mode;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How each vendor is reached: its sandbox, set up for quick tests, and what a connection to it holds. */
final class Desk {

    private static final String WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String PROFILE = "18200000077";

    private static final Map<String, Map<String, String>> SECRETS = Map.of(
            "etsy",
            Map.of(
                    "keystring", "keystring1",
                    "sharedSecret", "sharedsecret1",
                    "accessToken", "12345678.proof-access-token",
                    "refreshToken", "12345678.proof-refresh-token"),
            "printify",
            Map.of("apiToken", "printify-token-1"),
            "shopify",
            Map.of("accessToken", "shpat_0123456789abcdef"),
            "woocommerce",
            Map.of("consumerKey", "ck_sandbox0001", "consumerSecret", "cs_sandbox0001"),
            "openai",
            Map.of("apiKey", "sk-test-0123456789abcdef"),
            "sendgrid",
            Map.of("apiKey", "SG.test-0123456789"),
            "scorer",
            Map.of("webhookSecret", WEBHOOK_SECRET),
            "store",
            Map.of("token", "store-secret"));

    private static final Map<String, Map<String, String>> SETTINGS = Map.of(
            "etsy",
            Map.of(
                    "shopId", "87654321",
                    "shippingProfileId", "3001",
                    "taxonomyId", "1633",
                    "productionPartnerIds", "901"),
            "printify",
            Map.of("shopId", "1", "blueprintId", "6", "printProviderId", "29", "variantIds", "12100,12103"),
            "shopify",
            Map.of("currency", "USD"),
            "woocommerce",
            Map.of("currency", "USD", "weightUnit", "kg"),
            "sendgrid",
            Map.of("fromEmail", "hub@example.com", "fromName", "Caravan"),
            "store",
            Map.of("authHeader", "X-Api-Key", "authScheme", "none"));

    private Desk() {}

    /** @param effect what is asked about; a seller who named a processing profile would have none made */
    static Connection connection(AccountId account, String effect, URI base) {
        String vendor = effect.substring(0, effect.indexOf('.'));
        Map<String, String> secrets = SECRETS.get(vendor);
        if (secrets == null) {
            throw new IllegalStateException("the matrices have no credentials for " + vendor);
        }
        Map<String, String> settings = new HashMap<>(SETTINGS.getOrDefault(vendor, Map.of()));
        if (profileNamed(effect)) {
            settings.put("readinessStateId", PROFILE);
        }
        return new Connection("c-" + vendor, account, vendor, Mode.SANDBOX, base, secrets, settings);
    }

    private static boolean profileNamed(String effect) {
        return effect.startsWith("etsy.") && !effect.equals("etsy.readiness") && !effect.equals("etsy.profile");
    }

    /** A fresh one; rate windows and the like are its own. */
    static VendorSandbox sandbox(String vendor) {
        return vendor.equals("store")
                ? new Store()
                : SandboxServer.found().stream()
                        .filter(one -> one.vendor().equals(vendor))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no sandbox for " + vendor));
    }

    /** Quick lags, no limits but those that a fault sets. @param base where the vendor seems to be */
    static void prepare(String effect, SandboxState state, URI base) {
        String vendor = effect.substring(0, effect.indexOf('.'));
        if (profileNamed(effect)) {
            state.put(
                    "profiles",
                    PROFILE,
                    SandboxState.object().put("shop_id", 87_654_321L).put("readiness_state_id", 18_200_000_077L));
        }
        ObjectNode settings = SandboxState.object();
        switch (vendor) {
            case "etsy" -> {
                settings.put("lag_ms", 200).put("per_second", 100_000).put("per_day", 1_000_000);
                settings.put("shop_id", 87_654_321L);
            }
            case "printify" -> settings.put("per_minute", 100_000).put("error_percent", 100);
            case "shopify" ->
                settings.put("media_ms", 20)
                        .put("operation_ms", 20)
                        .put("lag_ms", 200)
                        .put("bucket", 1_000_000)
                        .put("upload_host", base.toString());
            case "woocommerce" -> settings.put("lag_ms", "200");
            case "scorer" ->
                state.put("_settings", "secret", SandboxState.object().put("secret", WEBHOOK_SECRET));
            default -> {}
        }
        if (!settings.isEmpty()) {
            state.put("settings", vendor, settings);
        }
    }

    /** The system of the example of an own route: what is sent twice is there twice. */
    private static final class Store implements VendorSandbox {

        @Override
        public String vendor() {
            return "store";
        }

        @Override
        public void mount(Router router, SandboxState state) {
            router.on("POST", "/products", call -> create(call, state));
            router.on("GET", "/products", call -> find(call, state));
        }

        private static Answer create(Call call, SandboxState state) {
            ObjectNode product = call.json()
                    .filter(ObjectNode.class::isInstance)
                    .map(ObjectNode.class::cast)
                    .orElseGet(SandboxState::object);
            synchronized (state) {
                String id = "p-" + state.next("products", 1);
                product.put("id", id).put("url", "https://store.example/" + id);
                state.put("products", id, product);
                return Answer.json(201, Map.of("product", product));
            }
        }

        private static Answer find(Call call, SandboxState state) {
            String wanted = call.query("external_id").orElse("");
            List<ObjectNode> found = state.list("products").stream()
                    .filter(one -> one.path("external_id").asText().equals(wanted))
                    .toList();
            return Answer.json(200, Map.of("products", found));
        }
    }
}

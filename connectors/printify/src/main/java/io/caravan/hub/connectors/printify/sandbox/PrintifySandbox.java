package io.caravan.hub.connectors.printify.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.Router;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Printify's REST API as far as the hub uses it, for a custom API shop. What can be set lies in the state's collection
 * {@code settings}, object {@code printify}: {@code shop_id} (1), {@code per_minute} (600), {@code catalog_per_minute}
 * (100), {@code publishes_per_half_hour} (200), {@code error_percent} (5), {@code least_pixels} (300) of a picture's
 * shorter side, {@code channel} (custom_integration) that the shop is connected to. The token {@code revoked} is refused, every other one is good.
 */
public final class PrintifySandbox implements VendorSandbox {

    private static final String SHOP = "/v1/shops/{shop}";
    private static final String PRODUCT = SHOP + "/products/{id}";

    @Override
    public String vendor() {
        return "printify";
    }

    @Override
    public void mount(Router router, SandboxState state) {
        Limits limits = new Limits(state);
        Catalogue catalogue = new Catalogue();
        UploadDesk uploads = new UploadDesk(state);
        ProductDesk products = new ProductDesk(state, catalogue);
        PublishDesk publishing = new PublishDesk(state);
        router.before(handler -> guarded(handler, state, limits))
                .on("GET", "/v1/shops.json", call -> shops(state))
                .on("GET", "/v1/catalog/blueprints.json", catalogue::blueprints)
                .on("GET", "/v1/catalog/blueprints/{b}/print_providers.json", catalogue::providers)
                .on("GET", "/v1/catalog/blueprints/{b}/print_providers/{p}/variants.json", catalogue::variants)
                .on("POST", "/v1/uploads/images.json", uploads::create)
                .on("GET", "/v1/uploads.json", uploads::list)
                .on("GET", "/v1/uploads/{id}.json", uploads::get)
                .on("POST", SHOP + "/products.json", products::create)
                .on("GET", SHOP + "/products.json", products::list)
                .on("GET", PRODUCT + ".json", products::get)
                .on("PUT", PRODUCT + ".json", products::update)
                .on("DELETE", PRODUCT + ".json", products::delete)
                .on("POST", PRODUCT + "/publish.json", publishing::publish)
                .on("POST", PRODUCT + "/publishing_succeeded.json", publishing::succeeded)
                .on("POST", PRODUCT + "/publishing_failed.json", publishing::failed)
                .on("POST", PRODUCT + "/unpublish.json", publishing::unpublish)
                .otherwise(call -> Envelopes.refusal(404, 404, "Not found.", "The resource does not exist"));
    }

    private static Function<Call, Answer> guarded(Function<Call, Answer> handler, SandboxState state, Limits limits) {
        return call -> {
            String bearer = call.header("Authorization").orElse("");
            if (!bearer.matches("Bearer .+") || bearer.equals("Bearer revoked")) {
                return Answer.json(
                        401,
                        Map.of(
                                "error",
                                "Unauthenticated",
                                "request_id",
                                UUID.randomUUID().toString()));
            }
            if (call.header("User-Agent").orElse("").isBlank()) {
                return Envelopes.refusal(403, 403, "Forbidden.", "A User-Agent header is required");
            }
            Answer limit = limits.over(call);
            if (limit != null) {
                return limit;
            }
            Answer answer;
            synchronized (state) {
                answer = handler.apply(call);
            }
            limits.count(answer.status() >= 400);
            return answer;
        };
    }

    private static Answer shops(SandboxState state) {
        long id = setting(state, "shop_id", 1);
        String channel = state.get("settings", "printify")
                .map(all -> all.path("channel").asText("custom_integration"))
                .orElse("custom_integration");
        return Answer.json(200, List.of(Map.of("id", id, "title", "Sandbox shop", "sales_channel", channel)));
    }

    static long setting(SandboxState state, String name, long otherwise) {
        JsonNode set =
                state.get("settings", "printify").map(all -> all.path(name)).orElse(null);
        return set != null && set.isNumber() ? set.asLong() : Long.getLong("sandbox.printify." + name, otherwise);
    }
}

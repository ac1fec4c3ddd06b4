package io.caravan.hub.connectors.etsy.sandbox;

import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.RateWindow;
import io.caravan.hub.connectors.sandbox.Router;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Etsy's Open API v3 as far as the hub uses it. What can be set lies in the state's collection {@code settings}, object
 * {@code etsy}: {@code lag_ms} until a new listing shows in lists (1500), {@code token_seconds} (3600),
 * {@code per_second} (10), {@code per_day} (10000), {@code shop_id}; a system property {@code sandbox.etsy.<name>} is the
 * default of each.
 */
public final class EtsySandbox implements VendorSandbox {

    private static final String API = "/v3/application";

    private @Nullable RateWindow perSecond;
    private @Nullable RateWindow perDay;

    @Override
    public String vendor() {
        return "etsy";
    }

    @Override
    public void mount(Router router, SandboxState state) {
        Settings settings = new Settings(state);
        Tokens tokens = new Tokens(state, settings);
        ListingDesk listings = new ListingDesk(state, settings);
        ImageDesk images = new ImageDesk(state);
        InventoryDesk inventories = new InventoryDesk(state);
        ProfileDesk profiles = new ProfileDesk(state);
        router.before(handler -> guarded(handler, tokens, settings, state))
                .on("GET", "/oauth/connect", tokens::consent)
                .on("POST", "/v3/public/oauth/token", tokens::token)
                .on("GET", API + "/openapi-ping", call -> Answer.json(200, Map.of("application_id", 123_456_789)))
                .on("GET", API + "/users/me", tokens::me)
                .on("POST", API + "/shops/{shop}/listings", listings::create)
                .on("GET", API + "/shops/{shop}/listings", listings::list)
                .on("PATCH", API + "/shops/{shop}/listings/{id}", listings::update)
                .on("GET", API + "/listings/{id}", listings::get)
                .on("DELETE", API + "/listings/{id}", listings::delete)
                .on("POST", API + "/shops/{shop}/listings/{id}/images", images::upload)
                .on("GET", API + "/listings/{id}/images", images::list)
                .on("GET", API + "/listings/{id}/inventory", inventories::get)
                .on("PUT", API + "/listings/{id}/inventory", inventories::put)
                .on("GET", API + "/shops/{shop}/readiness-state-definitions", profiles::list)
                .on("POST", API + "/shops/{shop}/readiness-state-definitions", profiles::create)
                .on("GET", API + "/shops/{shop}/readiness-state-definitions/{id}", profiles::get)
                .otherwise(call -> Refusals.error(404, "Resource not found"));
    }

    private Function<Call, Answer> guarded(
            Function<Call, Answer> handler, Tokens tokens, Settings settings, SandboxState state) {
        return call -> {
            if (!call.path().startsWith(API)) {
                return handler.apply(call);
            }
            String key = call.header("x-api-key").orElse("");
            if (key.isEmpty()) {
                return Refusals.error(401, "Missing x-api-key header or client_id");
            }
            if (!key.matches("[^:]+:[^:]+")) {
                return Refusals.error(403, "Shared secret is required in x-api-key header.");
            }
            synchronized (this) {
                perSecond = window(perSecond, settings.number("per_second", 10), Duration.ofSeconds(1));
                perDay = window(perDay, settings.number("per_day", 10_000), Duration.ofHours(24));
            }
            int second = perSecond.take();
            int day = second < 0 ? -1 : perDay.take();
            if (second < 0) {
                Answer slow = Refusals.error(429, "Exceeded the per-second rate limit of this key");
                return headers(slow.header("retry-after", "1"), perSecond, 0, perDay, null);
            }
            if (day < 0) {
                // the worse variant: the daily refusal tells no wait
                Answer slow = Refusals.error(429, "Exceeded the per-day rate limit of this key");
                return headers(slow, perSecond, second, perDay, 0);
            }
            boolean open = call.path().equals(API + "/openapi-ping");
            Answer refusal = open ? null : tokens.refusal(call);
            if (refusal != null) {
                return headers(refusal, perSecond, second, perDay, day);
            }
            synchronized (state) {
                return headers(handler.apply(call), perSecond, second, perDay, day);
            }
        };
    }

    private static RateWindow window(@Nullable RateWindow present, long cap, Duration length) {
        return present == null || present.cap() != cap ? new RateWindow((int) cap, length) : present;
    }

    private static Answer headers(Answer answer, RateWindow second, int left, RateWindow day, @Nullable Integer today) {
        Answer told = answer.header("x-limit-per-second", String.valueOf(second.cap()))
                .header("x-remaining-this-second", String.valueOf(left))
                .header("x-limit-per-day", String.valueOf(day.cap()))
                .header("X-Etsy-Request-Uuid", java.util.UUID.randomUUID().toString());
        return today == null ? told : told.header("x-remaining-today", String.valueOf(today));
    }
}

package io.caravan.hub.connectors.woocommerce.sandbox;

import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.Router;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;

/**
 * A WooCommerce store as far as the hub uses it. What can be set lies in the state's collection {@code settings}, object
 * {@code woocommerce}: {@code lag_ms} until a new product is found by its SKU (1500), {@code drift} 1 for a store whose
 * plugins change the types of replies (0), {@code page_headers} 0 for a host that drops them (1); a system property
 * {@code sandbox.woocommerce.<name>} is the default of each. The key is any {@code ck_...} with any {@code cs_...}; one
 * that ends in {@code _read} may only read.
 */
public final class WooCommerceSandbox implements VendorSandbox {

    private static final String API = "/wp-json/wc/v3";

    @Override
    public String vendor() {
        return "woocommerce";
    }

    @Override
    public void mount(Router router, SandboxState state) {
        Settings settings = new Settings(state);
        Media media = new Media(state);
        Tags tags = new Tags(state);
        Products products = new Products(state, settings, media, tags);
        VariationDesk variations = new VariationDesk(state, settings, products);
        Storefront shop = new Storefront(state);
        router.before(handler -> guarded(handler, state))
                .on("GET", API + "/products", products::list)
                .on("POST", API + "/products", products::create)
                .on("POST", API + "/products/tags/batch", tags::batch)
                .on("GET", API + "/products/{id}", products::get)
                .on("PUT", API + "/products/{id}", products::update)
                .on("DELETE", API + "/products/{id}", products::delete)
                .on("GET", API + "/products/{id}/variations", variations::list)
                .on("POST", API + "/products/{id}/variations/batch", variations::batch)
                .on(
                        "GET",
                        API + "/data/currencies/current",
                        call -> Answer.json(
                                200, Map.of("code", settings.text("currency", "USD"), "name", "", "symbol", "")))
                .on("GET", "/product/{slug}", shop::product)
                .on("GET", "/product/{slug}/", shop::product)
                .on("GET", "/wp-content/uploads/{file}", media::file)
                .otherwise(call -> call.path().startsWith("/wp-json")
                        ? Refusals.error(
                                404, "rest_no_route", "No route was found matching the URL and request method.")
                        : Answer.text(404, "text/html; charset=UTF-8", "<html><title>Page not found</title></html>"));
    }

    private Function<Call, Answer> guarded(Function<Call, Answer> handler, SandboxState state) {
        return call -> {
            if (call.path().startsWith(API)) {
                Answer refusal = refusal(call);
                if (refusal != null) {
                    return refusal;
                }
            }
            synchronized (state) {
                return Refusals.refusing(() -> handler.apply(call));
            }
        };
    }

    private static @org.jspecify.annotations.Nullable Answer refusal(Call call) {
        String header = call.header("Authorization").orElse("");
        String key;
        try {
            key = header.startsWith("Basic ")
                    ? new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8)
                    : "";
        } catch (IllegalArgumentException e) {
            key = "";
        }
        if (key.isEmpty()) {
            return Refusals.error(401, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.");
        }
        if (!key.matches("ck_[^:]+:cs_.+")) {
            return Refusals.error(401, "woocommerce_rest_authentication_error", "Consumer key is invalid.");
        }
        boolean readOnly = key.split(":", 2)[0].endsWith("_read");
        if (readOnly && !call.method().equals("GET")) {
            return Refusals.error(
                    401,
                    "woocommerce_rest_authentication_error",
                    "The API key provided does not have write permissions.");
        }
        return null;
    }
}

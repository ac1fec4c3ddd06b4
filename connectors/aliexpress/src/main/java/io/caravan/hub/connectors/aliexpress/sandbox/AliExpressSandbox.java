package io.caravan.hub.connectors.aliexpress.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.Router;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The open platform as far as the hub uses it: one gateway for business calls, system calls under {@code /rest}, the
 * consent page, and the picture server. What can be set lies in the state's collection {@code settings}, object
 * {@code aliexpress}: {@code app_key} (501234), {@code app_secret} (sandbox-app-secret), {@code per_second} for each
 * method (50), {@code window_ms} of timestamps (2 h), {@code clock_skew_ms} (0), {@code token_seconds} (30 days),
 * {@code refresh_seconds} (60 days), {@code own_pictures} for recorded products (0); a system property
 * {@code sandbox.aliexpress.<name>} is the default of each.
 */
public final class AliExpressSandbox implements VendorSandbox {

    private final Catalogue catalogue = new Catalogue();
    private final Recorded recorded = new Recorded();

    @Override
    public String vendor() {
        return "aliexpress";
    }

    @Override
    public List<String> feed(Path folder) {
        return recorded.read(folder);
    }

    @Override
    public void mount(Router router, SandboxState state) {
        Settings settings = new Settings(state);
        Gate gate = new Gate(settings);
        Tokens tokens = new Tokens(state, settings);
        ProductDesk products = new ProductDesk(catalogue, recorded);
        SearchDesk searches = new SearchDesk(catalogue, recorded);
        FreightDesk freight = new FreightDesk(catalogue, recorded);
        Pictures pictures = new Pictures();
        Function<Call, Answer> sync = call -> {
            Map<String, String> params = params(call);
            Refusal refusal = gate.refusal("", params);
            refusal = refusal == null ? tokens.refusal(params.getOrDefault("session", "")) : refusal;
            if (refusal != null) {
                return refusal.answer(false);
            }
            recorded.ownPictures(settings.number("own_pictures", 0) == 1);
            return switch (params.getOrDefault("method", "")) {
                case "aliexpress.ds.product.get" -> products.get(params, pictures(call));
                case "aliexpress.ds.text.search" -> searches.search(params, pictures(call));
                case "aliexpress.ds.freight.query" -> freight.query(params);
                case "aliexpress.ds.category.get" -> categories();
                default ->
                    Refusal.of("InvalidApiPath", "The specified API path is invalid", "ISV")
                            .answer(false);
            };
        };
        router.on("POST", "/sync", sync)
                .on("GET", "/sync", sync)
                .on("POST", "/rest/auth/token/create", system(gate, "/auth/token/create", tokens::create))
                .on("POST", "/rest/auth/token/refresh", system(gate, "/auth/token/refresh", tokens::refresh))
                .on("GET", "/oauth/authorize", tokens::consent)
                .on("GET", "/_pictures/{n}.jpg", pictures::get)
                .otherwise(call -> Refusal.of("InvalidApiPath", "The specified API path is invalid", "ISV")
                        .answer(true));
    }

    private static Function<Call, Answer> system(Gate gate, String api, Function<Map<String, String>, Answer> handler) {
        return call -> {
            Map<String, String> params = params(call);
            Refusal refusal = gate.refusal(api, params);
            return refusal == null ? handler.apply(params) : refusal.answer(true);
        };
    }

    private static Answer categories() {
        ObjectNode result = SandboxState.object().put("total_result_count", 2);
        ObjectNode categories = SandboxState.object();
        categories
                .putArray("category")
                .add(SandboxState.object().put("category_id", 15).put("category_name", "Home & Garden"))
                .add(SandboxState.object().put("category_id", 18).put("category_name", "Sports & Entertainment"));
        result.set("categories", categories);
        ObjectNode answer = SandboxState.object().put("resp_code", 200).put("resp_msg", "Call succeeds");
        answer.set("result", result);
        ObjectNode root = SandboxState.object().put("request_id", Refusal.requestId());
        root.set("resp_result", answer);
        return Answer.json(200, SandboxState.object().set("aliexpress_ds_category_get_response", root));
    }

    private static Map<String, String> params(Call call) {
        Map<String, String> params = new LinkedHashMap<>();
        call.query().forEach((name, values) -> params.put(name, values.get(0)));
        call.form().forEach((name, values) -> params.put(name, values.get(0)));
        return params;
    }

    private static String pictures(Call call) {
        return "http://" + call.header("Host").orElse("127.0.0.1") + "/aliexpress/_pictures/";
    }
}

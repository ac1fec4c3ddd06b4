package io.caravan.hub.connectors.cjdropshipping.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.Router;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * CJ Dropshipping with its quirks: refusals under status 200, unknown parameters ignored, {@code success} without
 * {@code result}, products that a search finds and a look-up does not. Pictures are at {@code /_pictures/<n>.jpg}.
 */
public final class CjSandbox implements VendorSandbox {

    private static final String BASE = "/api2.0/v1";
    private static final Set<String> COUNTRIES = Set.of(
            "US", "CA", "GB", "DE", "FR", "ES", "IT", "NL", "AT", "CH", "SE", "PL", "AU", "NZ", "JP", "BR", "CN");

    private final Catalogue catalogue = new Catalogue();
    private final int perSecond;
    private final int points;
    private final Duration betweenKeys;

    /** An account of the highest level, and the vendor's own limits otherwise. */
    public CjSandbox() {
        this(6, 50_000, Duration.ofMinutes(5));
    }

    /**
     * @param perSecond calls of one account; 1, 2, 4 or 6 by the vendor's levels
     * @param points for one account in a day of UTC
     * @param betweenKeys how often an API key gives a token
     */
    public CjSandbox(int perSecond, int points, Duration betweenKeys) {
        this.perSecond = perSecond;
        this.points = points;
        this.betweenKeys = betweenKeys;
    }

    @Override
    public String vendor() {
        return "cjdropshipping";
    }

    @Override
    public List<String> feed(Path folder) {
        return Recordings.read(folder, catalogue);
    }

    @Override
    public void mount(Router router, SandboxState state) {
        TokenDesk tokens = new TokenDesk(state, betweenKeys);
        Meter meter = new Meter(state, perSecond, points);
        router.on("GET", "/_pictures/{name}", call -> Pictures.picture(call.param("name")))
                .on("POST", BASE + "/authentication/getAccessToken", tokens::byKey)
                .on("POST", BASE + "/authentication/refreshAccessToken", tokens::byRefresh);
        guarded(router, tokens, meter, "GET", "/product/query", this::product);
        guarded(router, tokens, meter, "GET", "/product/listV2", this::search);
        guarded(router, tokens, meter, "GET", "/product/list", this::list);
        guarded(router, tokens, meter, "GET", "/product/stock/getInventoryByPid", this::inventory);
        guarded(router, tokens, meter, "POST", "/logistic/freightCalculate", this::freight);
        guarded(router, tokens, meter, "GET", "/setting/get", this::settings);
        router.otherwise(call -> Replies.refused(1600101, "Interface not found"));
    }

    private static void guarded(
            Router router, TokenDesk tokens, Meter meter, String method, String path, Function<Call, Answer> handler) {
        router.on(method, BASE + path, call -> {
            String token = call.header("CJ-Access-Token").orElse("");
            if (token.isBlank()) {
                return Replies.refused(1600002, "access token cannot be empty");
            }
            Optional<String> user = tokens.user(token);
            if (user.isEmpty()) {
                return Replies.refused(1600001, "Invalid API key or access token.");
            }
            Answer limit = meter.refusal(user.get(), path);
            return limit == null ? handler.apply(call) : limit;
        });
    }

    private Answer product(Call call) {
        Optional<Catalogue.Entry> entry = call.query("pid").isPresent()
                ? catalogue.byId(call.query("pid").orElse(""))
                : catalogue.bySku(call.query("productSku").orElse(""));
        if (call.query("pid").isEmpty() && call.query("productSku").isEmpty()) {
            return Replies.badParameter();
        }
        return gone(entry.orElse(null))
                .orElseGet(() -> Replies.good(catalogue.told(
                        entry.orElseThrow(),
                        pictures(call),
                        call.query("features").orElse("").contains("enable_inventory"))));
    }

    private static Optional<Answer> gone(Catalogue.@Nullable Entry entry) {
        if (entry == null) {
            return Optional.of(Replies.refused(1602001, "Product not found"));
        }
        return entry.onShelf()
                ? Optional.empty()
                : Optional.of(Replies.refused(1602002, "Product removed from shelves"));
    }

    private Answer search(Call call) {
        int page = call.queryInt("page", 1);
        int size = call.queryInt("size", 10);
        if (page < 1 || page > 1_000 || size < 1 || size > 100) {
            return Replies.badParameter();
        }
        List<Catalogue.Entry> all = catalogue.search(call.query("keyWord").orElse(""));
        List<ObjectNode> rows = slice(all, page, size).stream()
                .map(entry -> catalogue.row(entry, pictures(call)))
                .toList();
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("productList", rows);
        group.put("relatedCategoryList", List.of());
        group.put("keyWord", call.query("keyWord").orElse(""));
        group.put("keyWordOld", null);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("pageSize", size);
        data.put("pageNumber", page);
        data.put("totalRecords", all.size());
        data.put("totalPages", (all.size() + size - 1) / size);
        data.put("content", rows.isEmpty() ? List.of() : List.of(group));
        return Replies.good(data);
    }

    /** The older list: knows {@code productNameEn}; {@code keyword} and everything else is ignored without a word. */
    private Answer list(Call call) {
        int page = call.queryInt("pageNum", 1);
        int size = Math.max(10, Math.min(200, call.queryInt("pageSize", 20)));
        List<Catalogue.Entry> all = catalogue.search(call.query("productNameEn").orElse(""));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("pageNum", page);
        data.put("pageSize", size);
        data.put("total", all.size());
        data.put(
                "list",
                slice(all, page, size).stream()
                        .map(entry -> catalogue.oldRow(entry, pictures(call)))
                        .toList());
        return Replies.good(data);
    }

    private Answer inventory(Call call) {
        Optional<Catalogue.Entry> entry = catalogue.byId(call.query("pid").orElse(""));
        return gone(entry.orElse(null))
                .orElseGet(() -> Replies.goodWithoutResult(
                        Catalogue.inventory(entry.orElseThrow().data())));
    }

    private Answer freight(Call call) {
        JsonNode body = call.json().orElse(SandboxState.object());
        String country = body.path("endCountryCode").asText();
        JsonNode product = body.path("products").path(0);
        if (country.isEmpty() || body.path("startCountryCode").asText().isEmpty() || !product.has("quantity")) {
            return Replies.badParameter();
        }
        Optional<JsonNode> variant = catalogue.variant(product.path("vid").asText());
        if (variant.isEmpty()) {
            return Replies.refused(1602000, "Variant not found");
        }
        double grams = variant.get().path("variantWeight").asDouble(200)
                * product.path("quantity").asInt(1);
        List<Map<String, Object>> lines = new ArrayList<>();
        if (COUNTRIES.contains(country)) {
            lines.add(line("CJPacket Ordinary", 1.9 + grams * 0.011, "7-14", null));
            lines.add(line("PostNL", 2.6 + grams * 0.012, "10-25", 0.4));
            lines.add(line("DHL Official", 14.2 + grams * 0.02, "3", null));
        }
        return Replies.goodWithoutResult(lines);
    }

    private static Map<String, Object> line(String name, double dollars, String days, @Nullable Double tax) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("logisticName", name);
        line.put("logisticPrice", Math.round(dollars * 100) / 100.0);
        line.put("logisticPriceCn", Math.round(dollars * 710) / 100.0);
        line.put("logisticAging", days);
        line.put("taxesFee", tax);
        line.put("totalPostageFee", tax == null ? null : Math.round((dollars + tax) * 100) / 100.0);
        return line;
    }

    private Answer settings(Call call) {
        Map<String, Object> setting = new LinkedHashMap<>();
        setting.put(
                "quotaLimits",
                List.of(Map.of("quotaUrl", BASE + "/shopping/order/createOrder", "quotaLimit", 1000, "quotaType", 4)));
        setting.put("qpsLimit", perSecond);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("openId", 10000);
        data.put("openName", "Sandbox");
        data.put("openEmail", "sandbox@example.com");
        data.put("setting", setting);
        data.put("root", "GENERAL");
        data.put("isSandbox", true);
        return Replies.good(data);
    }

    private static <T> List<T> slice(List<T> all, int page, int size) {
        long from = Math.min(all.size(), (page - 1L) * size);
        return all.subList((int) from, (int) Math.min(all.size(), from + size));
    }

    private String pictures(Call call) {
        return "http://" + call.header("Host").orElse("localhost") + "/" + vendor() + "/_pictures/";
    }
}

package io.caravan.hub.connectors.aliexpress.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code aliexpress.ds.text.search}. With recorded rows, these answer every search. */
final class SearchDesk {

    private final Catalogue catalogue;
    private final Recorded recorded;

    SearchDesk(Catalogue catalogue, Recorded recorded) {
        this.catalogue = catalogue;
        this.recorded = recorded;
    }

    Answer search(Map<String, String> params, String pictures) {
        for (String name : List.of("keyWord", "local", "countryCode", "currency")) {
            if (params.getOrDefault(name, "").isEmpty()) {
                return Refusal.of("MissingParameter", "The input parameter \"" + name + "\" is missing", "ISV")
                        .answer(false);
            }
        }
        int size = number(params.get("pageSize"), 20);
        int page = number(params.get("pageIndex"), 1);
        if (size < 1
                || size > 50
                || page < 1
                || !params.getOrDefault("local", "").matches("[a-z]{2}_[A-Z]{2}")) {
            return Refusal.of("InvalidParameter", "pageSize must be 1 to 50, local as en_US", "ISV")
                    .answer(false);
        }
        List<ObjectNode> all = new ArrayList<>(recorded.rows());
        if (all.isEmpty()) {
            String currency = Prices.currency(params.getOrDefault("currency", "USD"));
            catalogue
                    .search(params.getOrDefault("keyWord", ""))
                    .forEach(item -> all.add(row(item, currency, pictures)));
        }
        ObjectNode data = SandboxState.object()
                .put("totalCount", all.size())
                .put("pageIndex", page)
                .put("pageSize", size);
        ArrayNode rows = data.arrayNode();
        all.stream().skip((long) (page - 1) * size).limit(size).forEach(rows::add);
        ProductDesk.wrap(data, "products", "selection_search_product", rows);
        ObjectNode root = SandboxState.object().put("code", "00").put("request_id", Refusal.requestId());
        root.set("data", data);
        return Answer.json(200, SandboxState.object().set("aliexpress_ds_text_search_response", root));
    }

    private static ObjectNode row(Catalogue.Item item, String currency, String pictures) {
        long cents = item.told().path("cents").asLong();
        return SandboxState.object()
                .put("itemId", item.id())
                .put("title", item.told().path("title").asText())
                .put("itemMainPic", pictures + item.number() * 1000 + ".jpg")
                .put("itemUrl", "//www.aliexpress.com/item/" + item.id() + ".html?pdp_ext_f=%7B%7D")
                .put("targetSalePrice", Prices.of(cents, currency))
                .put("targetOriginalPrice", Prices.of(cents * 2 + 1, currency))
                .put("targetOriginalPriceCurrency", currency)
                .put("salePrice", Prices.of(cents, "CNY"))
                .put("salePriceCurrency", "CNY")
                .put("discount", "50%")
                .put("orders", item.number() % 3 == 0 ? "5,000+" : String.valueOf(item.number() * 11))
                .put("score", "4.6")
                .put("evaluateRate", "92.5")
                .put("cateId", "15," + (100_000_000L + item.number()))
                .put("type", "search");
    }

    private static int number(@org.jspecify.annotations.Nullable String text, int otherwise) {
        return text == null || text.isEmpty() ? otherwise : text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
    }
}

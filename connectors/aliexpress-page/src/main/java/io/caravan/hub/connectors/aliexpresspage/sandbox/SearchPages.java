package io.caravan.hub.connectors.aliexpresspage.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.List;

/** Search pages: 60 cards each, no total, and no word about the last page. */
final class SearchPages {

    private static final int CARDS = 60;

    private final String pictures;
    private final String currency;

    SearchPages(String pictures, String currency) {
        this.pictures = pictures;
        this.currency = currency;
    }

    String page(List<Thing> found, int page) {
        ArrayNode cards = SandboxState.object().putArray("cards");
        found.stream().skip((long) CARDS * (page - 1)).limit(CARDS).forEach(thing -> cards.add(card(thing)));
        return page(cards);
    }

    /** @param cards of this page */
    static String page(JsonNode cards) {
        ObjectNode fields = SandboxState.object();
        ObjectNode mods = fields.putObject("mods");
        if (!cards.isEmpty()) {
            mods.putObject("itemList").set("content", cards);
        }
        ObjectNode data = SandboxState.object();
        data.putObject("root").set("fields", fields);
        return "<!doctype html><html><head><title>wholesale</title></head><body><div id=\"root\"></div><script>"
                + "window._dida_config_ = {pageName: 'search', headers: {}};\n"
                + "window._dida_config_._init_data_= { data: " + data + " };\n"
                + "!function(){if(window._dida_config_&&!window._dida_config_._init_data_){}}();</script></body></html>";
    }

    private ObjectNode card(Thing thing) {
        ObjectNode card = SandboxState.object().put("itemType", "productV3").put("productId", thing.id());
        card.putObject("title").put("displayTitle", thing.title());
        card.putObject("image").put("imgUrl", pictures + "/G" + thing.id() + "0.jpg_350x350.jpg");
        card.putObject("prices")
                .putObject("salePrice")
                .put("minPrice", Thing.in(currency, thing.cents()))
                .put("currencyCode", currency);
        card.putObject("trade").put("tradeDesc", "1,000+ sold");
        return card;
    }
}

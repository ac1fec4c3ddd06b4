package io.caravan.hub.connectors.printify;

import io.caravan.hub.model.Names;
import io.caravan.hub.model.connection.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** The catalogue: what a blueprint can be printed on. Changes seldom and is limited harder than the rest: keep it. */
public final class PrintifyCatalogMapper {

    /** Reads the variants of the connection's blueprint and print provider that are in stock. */
    public PrintifyCall variants(@Variable(Names.CONNECTION) Connection connection) {
        return PrintifyCall.get(
                "/catalog/blueprints/" + PrintifyJson.id("setting blueprintId", connection.setting("blueprintId"))
                        + "/print_providers/"
                        + PrintifyJson.id("setting printProviderId", connection.setting("printProviderId"))
                        + "/variants.json",
                "show-out-of-stock=0&");
    }

    /** Shape: out, {@code {blueprint_id, print_provider_id, variants [{id, title, options, placeholders}]}}. */
    public Map<String, Object> offered(
            @Body @Nullable Object reply, @Variable(Names.CONNECTION) Connection connection) {
        if (!(PrintifyJson.map(reply).get("variants") instanceof List<?> all)) {
            throw PrintifyJson.unreadable("a catalogue without variants");
        }
        Map<String, Object> offered = new LinkedHashMap<>();
        offered.put("blueprint_id", Long.parseLong(connection.setting("blueprintId")));
        offered.put("print_provider_id", Long.parseLong(connection.setting("printProviderId")));
        offered.put("variants", Variants.offered(all, connection));
        return offered;
    }

    /** Reads the account's shops. */
    public PrintifyCall shops() {
        return PrintifyCall.get("/shops.json", "");
    }

    /**
     * Shape: out, {@code {shop_id, title, sales_channel, publishes_itself}} of the connection's shop.
     *
     * @throws io.caravan.hub.model.VendorException of kind UNAUTHORISED when the token does not reach that shop
     */
    public Map<String, Object> shop(@Body @Nullable Object reply, @Variable(Names.CONNECTION) Connection connection) {
        String wanted = connection.setting("shopId");
        for (Object one : PrintifyJson.list(reply)) {
            Map<String, Object> shop = PrintifyJson.map(one);
            if (PrintifyJson.text(shop, "id").equals(wanted)) {
                Map<String, Object> proof = new LinkedHashMap<>();
                proof.put("shop_id", wanted);
                proof.put("title", PrintifyJson.text(shop, "title"));
                String channel = PrintifyJson.text(shop, "sales_channel");
                proof.put("sales_channel", channel);
                proof.put("publishes_itself", !PrintifyShopMapper.ours(channel));
                return proof;
            }
        }
        throw PrintifyJson.failure(
                io.caravan.hub.model.ErrorKind.UNAUTHORISED,
                "other-shop",
                "shows no shop " + wanted + " to this token, check the connection's setting shopId");
    }
}

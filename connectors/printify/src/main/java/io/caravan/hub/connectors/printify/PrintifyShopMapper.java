package io.caravan.hub.connectors.printify;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.delivery.VendorObject;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Body;

/**
 * Which kind of shop the connection names. In a shop that Printify itself has connected to a marketplace,
 * {@code publish} makes a listing there, beside the one that the hub makes.
 */
public final class PrintifyShopMapper {

    /** Whether Printify leaves the listing to us: a shop for the API says {@code custom_integration}. */
    static boolean ours(String channel) {
        return channel.toLowerCase(Locale.ROOT).matches("custom([ _-].*)?|(.*[^a-z])?api([^a-z].*)?");
    }

    /**
     * Shape: in, {@code {shop_id, title, sales_channel}}; out, the shop, its state the channel.
     *
     * @throws io.caravan.hub.model.VendorException of kind REJECTED, code {@code not-an-api-shop}, when Printify would
     *     publish by itself
     */
    public VendorObject judged(@Body Map<String, Object> shop) {
        String id = PrintifyJson.text(shop, "shop_id");
        String channel = PrintifyJson.text(shop, "sales_channel");
        if (ours(channel)) {
            return new VendorObject(id, channel, shop);
        }
        String what = channel.isBlank() || channel.equals("disconnected")
                ? "is connected to nothing (sales channel \"" + channel + "\")"
                : "is connected to " + channel + " by Printify itself and would publish a second listing";
        throw PrintifyJson.failure(
                ErrorKind.REJECTED,
                "not-an-api-shop",
                "shop " + id + " " + what
                        + ": use a shop of type API (custom integration), HUB_PRINTIFY_SHOP_ID or setting shopId");
    }
}

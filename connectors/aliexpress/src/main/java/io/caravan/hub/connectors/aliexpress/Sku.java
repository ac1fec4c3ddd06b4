package io.caravan.hub.connectors.aliexpress;

import io.caravan.hub.model.Money;
import io.caravan.hub.model.supplier.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One SKU as sent.
 *
 * @param attr what an order wants; empty for a product without options
 * @param list the crossed-out price, null when it is not above the price
 */
record Sku(
        String id,
        String attr,
        List<Property> properties,
        Money cost,
        @Nullable Money list,
        @Nullable Long stock) {

    static final String PATH = "ae_item_sku_info_dtos.ae_item_sku_info_d_t_o";

    /**
     * What the SKU has chosen on one axis.
     *
     * @param standard the supplier's own word for the value; {@code label} is the seller's when he wrote one
     */
    record Property(
            String axisId,
            String axisName,
            String valueId,
            String label,
            String standard,
            @Nullable String image) {

        /** The warehouse is chosen like a colour; its name is translated, its number is not. */
        boolean isWarehouse() {
            return axisId.equals("200007763") || axisName.equalsIgnoreCase("Ships From");
        }

        /** China, where the price without a choice comes from. */
        boolean isDefaultWarehouse() {
            return valueId.equals("201336100") || standard.equalsIgnoreCase("CHINA") || standard.equalsIgnoreCase("CN");
        }
    }

    /** Empty, with the loss that says why, for one that cannot be bought as it was sent. */
    static Optional<Sku> of(Map<?, ?> sku, Losses losses) {
        String id = AliExpressReply.text(sku, "sku_id");
        String where = PATH + "[" + id + "]";
        if (!id.matches("[0-9]{5,20}")) {
            losses.add(Loss.refused(PATH + "[].sku_id", "a SKU without a usable id: '" + id + "'"));
            return Optional.empty();
        }
        String currency = AliExpressReply.text(sku, "currency_code");
        Optional<Money> offered = AliExpressReply.money(AliExpressReply.text(sku, "offer_sale_price"), currency);
        Optional<Money> listed = AliExpressReply.money(AliExpressReply.text(sku, "sku_price"), currency);
        Money cost = offered.or(() -> listed).orElse(null);
        if (cost == null || cost.minor() == 0) {
            losses.add(Loss.refused(
                    where + ".offer_sale_price",
                    "no price: '" + AliExpressReply.text(sku, "offer_sale_price") + "' in '" + currency + "'"));
            return Optional.empty();
        }
        Money list = listed.filter(price -> price.minor() > cost.minor()).orElse(null);
        String attr = AliExpressReply.text(sku, "sku_attr");
        return Optional.of(new Sku(id, attr, properties(sku, where, losses), cost, list, stock(sku)));
    }

    /** Replies until early 2025 told it twice more, once as yes and no. */
    private static @Nullable Long stock(Map<?, ?> sku) {
        Long pieces = AliExpressReply.number(sku, "sku_available_stock");
        if (pieces == null) {
            pieces = AliExpressReply.number(sku, "ipm_sku_stock");
        }
        return pieces == null && AliExpressReply.text(sku, "sku_stock").equals("false") ? Long.valueOf(0) : pieces;
    }

    private static List<Property> properties(Map<?, ?> sku, String where, Losses losses) {
        List<Property> all = new ArrayList<>();
        for (Object one : AliExpressReply.list(sku.get("ae_sku_property_dtos"))) {
            Map<?, ?> property = AliExpressReply.map(one);
            String standard = AliExpressReply.text(property, "sku_property_value");
            String own = AliExpressReply.text(property, "property_value_definition_name");
            String label = own.isEmpty() ? standard : own;
            String axisName = AliExpressReply.text(property, "sku_property_name");
            String axisId = AliExpressReply.text(property, "sku_property_id");
            String valueId = AliExpressReply.text(property, "property_value_id");
            if (label.isEmpty() || (axisId + axisName).isEmpty()) {
                losses.add(Loss.refused(where + ".ae_sku_property_dtos", "an option without a name or a value"));
                continue;
            }
            String image = AliExpressReply.address(AliExpressReply.text(property, "sku_image"));
            all.add(new Property(
                    cut(axisId.isEmpty() ? axisName : axisId, 100),
                    cut(axisName.isEmpty() ? "Option " + axisId : axisName, 200),
                    // values that the seller made up may all have the number -1
                    cut(valueId.matches("[1-9][0-9]*") ? valueId : label, 180),
                    cut(label, 300),
                    standard,
                    image.isEmpty() ? null : image));
        }
        return List.copyOf(all);
    }

    private static String cut(String text, int most) {
        return text.length() > most ? text.substring(0, most) : text;
    }
}

package io.caravan.hub.connectors.aliexpress;

import io.caravan.hub.model.supplier.Loss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of a product's reply is not carried: found by walking the reply, so that a field of tomorrow shows up by itself. */
final class Losses {

    private static final String SKU = "ae_item_sku_info_dtos.ae_item_sku_info_d_t_o[]";
    private static final String PROPERTY = SKU + ".ae_sku_property_dtos.ae_sku_property_d_t_o[]";
    private static final Set<String> CARRIED = Set.of(
            "ae_item_base_info_dto.product_id",
            "ae_item_base_info_dto.subject",
            "ae_item_base_info_dto.detail",
            "ae_item_base_info_dto.product_status_type",
            "ae_multimedia_info_dto.image_urls",
            "ae_item_properties.ae_item_property[].attr_name",
            "ae_item_properties.ae_item_property[].attr_value",
            "package_info_dto.gross_weight",
            SKU + ".id",
            SKU + ".sku_id",
            SKU + ".sku_attr",
            SKU + ".sku_price",
            SKU + ".offer_sale_price",
            SKU + ".currency_code",
            SKU + ".sku_available_stock",
            SKU + ".ipm_sku_stock",
            SKU + ".sku_stock",
            PROPERTY + ".sku_property_id",
            PROPERTY + ".sku_property_name",
            PROPERTY + ".property_value_id",
            PROPERTY + ".sku_property_value",
            PROPERTY + ".property_value_definition_name",
            PROPERTY + ".sku_image");
    private static final Map<String, String> REASONS = Map.of(
            "ae_item_base_info_dto.currency_code",
            "names the currency of no price in the reply; each SKU has its own",
            "ae_item_base_info_dto.mobile_detail",
            "the same description once more, for the app",
            "ae_multimedia_info_dto.ae_video_dtos",
            "videos are not carried",
            "product_id_converter_result",
            "the id that other sites of the supplier know the product by",
            "manufacturer_info",
            "names a person or company with address; look it up where the law asks for it",
            SKU + ".offer_bulk_sale_price",
            "price of many pieces at once; we buy single ones",
            SKU + ".sku_code",
            "the seller's code of older replies, says what sku_attr says");

    private final List<Loss> losses = new ArrayList<>();

    void add(Loss loss) {
        losses.add(loss);
    }

    List<Loss> all() {
        return List.copyOf(losses);
    }

    /** Adds one loss for each field that is not carried, however many elements have it. */
    void addUncarried(Map<?, ?> result) {
        Map<String, Object> uncarried = new LinkedHashMap<>();
        walk("", result, uncarried);
        uncarried.forEach((path, value) -> {
            String cut = path.length() > 200 ? path.substring(0, 200) : path;
            add(Loss.dropped(cut, REASONS.getOrDefault(path, "has no place in a product" + shown(value))));
        });
    }

    private static void walk(String path, Object value, Map<String, Object> uncarried) {
        if (CARRIED.contains(path)) {
            return;
        }
        boolean within = path.isEmpty()
                || CARRIED.stream().anyMatch(one -> one.startsWith(path + ".") || one.startsWith(path + "[]."));
        if (!within) {
            uncarried.putIfAbsent(path, value);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> {
                if (inner != null) {
                    walk(path.isEmpty() ? String.valueOf(name) : path + "." + name, inner, uncarried);
                }
            });
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> {
                if (inner != null) {
                    walk(path + "[]", inner, uncarried);
                }
            });
        }
    }

    private static String shown(Object value) {
        String text = value.toString();
        boolean small = !(value instanceof Map || value instanceof List) && text.length() <= 60;
        return small ? ": " + text : "";
    }
}

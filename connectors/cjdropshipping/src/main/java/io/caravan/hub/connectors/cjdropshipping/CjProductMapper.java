package io.caravan.hub.connectors.cjdropshipping;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.SupplierProduct;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;

/**
 * {@code product/query} to a product. Names, pictures and materials come as JSON arrays inside strings, with or without a
 * real array beside them; of two forms the real one is read. Every field with a value that ends here is a {@link Loss}.
 */
public final class CjProductMapper {

    private static final String ON_SALE = "3";
    private static final int LONGEST_DESCRIPTION = 200_000;
    private static final String ENGLISH = "the English field beside it is carried";
    private static final String PER_VARIANT = "a range over all variants, each of which has its own";

    /** Attribute to the fields that tell it, the better one first. */
    private static final Map<String, List<String>> ATTRIBUTES = attributes();

    private static final Set<String> CARRIED = Set.of(
            "pid",
            "productNameEn",
            "bigImage",
            "productImage",
            "productImageSet",
            "description",
            "variants",
            "status",
            "productKeyEn",
            "productKeyEnSet");

    private static final Map<String, String> WHY = Map.ofEntries(
            Map.entry("productName", "names in the supplier's language; the English one is the title"),
            Map.entry("productNameSet", "names in the supplier's language; the English one is the title"),
            Map.entry("materialName", ENGLISH),
            Map.entry("materialNameSet", ENGLISH),
            Map.entry("materialKey", ENGLISH),
            Map.entry("materialKeySet", ENGLISH),
            Map.entry("packingName", ENGLISH),
            Map.entry("packingNameSet", ENGLISH),
            Map.entry("packingKey", ENGLISH),
            Map.entry("packingKeySet", ENGLISH),
            Map.entry("productKey", ENGLISH),
            Map.entry("productKeySet", ENGLISH),
            Map.entry("productPro", ENGLISH),
            Map.entry("productProSet", ENGLISH),
            Map.entry("entryName", ENGLISH),
            Map.entry("categoryId", "the category is carried by its name"),
            Map.entry("sellPrice", PER_VARIANT),
            Map.entry("suggestSellPrice", PER_VARIANT));

    private final Clock clock;

    public CjProductMapper() {
        this(Clock.systemUTC());
    }

    CjProductMapper(Clock clock) {
        this.clock = clock;
    }

    /**
     * Shape: in, the parsed envelope; out, the product with at least one variant.
     *
     * @throws VendorException TRANSIENT when there is no product in a success, REJECTED when no variant of it can be bought
     */
    public SupplierProduct product(@Body Object reply) {
        Map<?, ?> data = CjJson.map(CjJson.map(reply).get("data"));
        String pid = CjJson.text(data, "pid");
        List<String> names = CjJson.texts(
                CjJson.present(data.get("productNameEn")) ? data.get("productNameEn") : data.get("productName"));
        if (pid.isEmpty() || names.isEmpty()) {
            throw CjJson.unreadable("without a product that has an id and a name");
        }
        List<Loss> losses = new ArrayList<>();
        CjVariantMapper variants = new CjVariantMapper(data, losses);
        if (variants.variants().isEmpty()) {
            throw new VendorException(
                    ErrorKind.REJECTED,
                    "cjdropshipping",
                    "no-variants",
                    200,
                    "tells no variant of product " + pid + " that can be bought",
                    losses.toString());
        }
        String title = cut(names.get(0), 1_000, "productNameEn", losses);
        String description = cut(CjJson.text(data, "description"), LONGEST_DESCRIPTION, "description", losses);
        List<String> images = images(data, variants, losses);
        dropped(data, losses);
        return new SupplierProduct(
                "cjdropshipping",
                pid,
                CjAddress.of(pid, title),
                title,
                available(data),
                description,
                images,
                variants.axes(),
                variants.variants(),
                told(data),
                losses,
                clock.instant());
    }

    private static boolean available(Map<?, ?> data) {
        String status = CjJson.text(data, "status");
        return status.isEmpty() || status.equals(ON_SALE);
    }

    /** The main picture first; a product without any of its own shows those of its variants. */
    private static List<String> images(Map<?, ?> data, CjVariantMapper variants, List<Loss> losses) {
        Set<String> images = new LinkedHashSet<>();
        for (String field : List.of("bigImage", "productImageSet", "productImage")) {
            for (String text : CjJson.texts(data.get(field))) {
                String image = CjAddress.picture(text);
                if (image == null) {
                    losses.add(Loss.refused(field, "is no address of a picture: " + text));
                } else {
                    images.add(image);
                }
            }
        }
        if (images.isEmpty()) {
            variants.variants().stream()
                    .map(variant -> variant.image())
                    .filter(Objects::nonNull)
                    .forEach(images::add);
        }
        return List.copyOf(images);
    }

    private static Map<String, String> told(Map<?, ?> data) {
        Map<String, String> told = new LinkedHashMap<>();
        ATTRIBUTES.forEach((name, fields) -> {
            for (String field : fields) {
                String text = String.join(", ", CjJson.texts(data.get(field)));
                if (!text.isEmpty()) {
                    told.putIfAbsent(name, text);
                }
            }
        });
        return told;
    }

    private static void dropped(Map<?, ?> data, List<Loss> losses) {
        Set<String> known = new LinkedHashSet<>(CARRIED);
        ATTRIBUTES.values().forEach(known::addAll);
        if (!CjJson.present(data.get("productNameEn"))) {
            known.add("productName");
        }
        data.forEach((key, value) -> {
            String field = String.valueOf(key);
            if (!known.contains(field) && CjJson.present(value)) {
                losses.add(Loss.dropped(field, why(field, value)));
            }
        });
    }

    private static String why(String field, @Nullable Object value) {
        return WHY.getOrDefault(field, "the canonical form has no place for it: " + CjJson.plain(value));
    }

    private static String cut(String text, int max, String field, List<Loss> losses) {
        if (text.length() <= max) {
            return text;
        }
        losses.add(Loss.changed(field, "cut from " + text.length() + " to " + max + " characters"));
        return text.substring(0, max);
    }

    private static Map<String, List<String>> attributes() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        all.put("Material", List.of("materialNameEnSet", "materialNameEn"));
        all.put("Category", List.of("categoryName"));
        all.put("Unit", List.of("productUnit"));
        all.put("Packing", List.of("packingNameEnSet", "packingNameEn"));
        all.put("Weight (g)", List.of("productWeight"));
        all.put("Packed weight (g)", List.of("packingWeight"));
        all.put("SKU", List.of("productSku"));
        all.put("Product type", List.of("productType"));
        all.put("Transport class", List.of("productProEnSet", "productProEn"));
        all.put("HS code", List.of("entryCode"));
        all.put("Customs name", List.of("entryNameEn"));
        return all;
    }
}

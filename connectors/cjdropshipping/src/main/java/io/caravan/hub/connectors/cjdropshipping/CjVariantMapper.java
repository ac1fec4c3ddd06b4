package io.caravan.hub.connectors.cjdropshipping;

import io.caravan.hub.model.Money;
import io.caravan.hub.model.supplier.Axis;
import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.SupplierProduct;
import io.caravan.hub.model.supplier.SupplierVariant;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variants of one product and the axes that tell them apart; what cannot be read becomes a {@link Loss}. */
final class CjVariantMapper {

    /** Name of the one axis of a product whose keys cannot be taken apart. */
    static final String WHOLE_KEY = "Variant";

    private static final int LONGEST_VALUE = 200;
    private static final Set<String> CARRIED = Set.of(
            "vid",
            "pid",
            "variantKey",
            "variantSellPrice",
            "variantSugSellPrice",
            "variantImage",
            "variantWeight",
            "inventories",
            "inventoryNum");
    private static final Map<String, String> WHY = Map.of(
            "variantNameEn", "the product's title and the options say the same",
            "variantName", "the product's title and the options say the same",
            "variantSku", "orders name the variant by its vid");

    private final List<Loss> losses;
    private final List<Axis> axes = new ArrayList<>();
    private final List<SupplierVariant> variants = new ArrayList<>();

    /** @param data the product; losses are added to the list */
    CjVariantMapper(Map<?, ?> data, List<Loss> losses) {
        this.losses = losses;
        List<Map<?, ?>> rows = usable(data);
        if (rows.isEmpty()) {
            return;
        }
        List<String> names = axisNames(data);
        List<List<String>> values = values(rows, names);
        for (int axis = 0; axis < names.size(); axis++) {
            axes.add(axis(names.get(axis), values, axis));
        }
        Set<String> fields = new LinkedHashSet<>();
        Set<String> countries = new LinkedHashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            variants.add(variant(rows.get(i), names, values.get(i), countries));
            rows.get(i).forEach((field, value) -> {
                if (CjJson.present(value)) {
                    fields.add(String.valueOf(field));
                }
            });
        }
        fields.removeAll(CARRIED);
        fields.forEach(field -> losses.add(Loss.dropped(
                "variants[]." + field, WHY.getOrDefault(field, "the canonical form has no place for it"))));
        if (countries.size() > 1) {
            losses.add(Loss.changed("variants[].inventories", "stock is the sum of the warehouses in " + countries));
        }
    }

    List<Axis> axes() {
        return axes;
    }

    List<SupplierVariant> variants() {
        return variants;
    }

    /** Rows with an id that is not there yet and a price; the others are losses. */
    private List<Map<?, ?>> usable(Map<?, ?> data) {
        List<Map<?, ?>> rows = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (Object one : CjJson.list(data.get("variants"))) {
            Map<?, ?> row = CjJson.map(one);
            String vid = CjJson.text(row, "vid");
            String why = vid.isEmpty() || vid.length() > 100
                    ? "has no usable id"
                    : !ids.add(vid)
                            ? "variant " + vid + " is there twice"
                            : cost(row).isEmpty()
                                    ? "variant " + vid + " has no price: " + CjJson.text(row, "variantSellPrice")
                                    : !keys.add(key(row))
                                            ? "variant " + vid + " has the key of another: " + key(row)
                                            : key(row).length() > LONGEST_VALUE
                                                    ? "variant " + vid + " has a key over 200 characters"
                                                    : rows.size() == SupplierProduct.MOST_VARIANTS
                                                            ? "more than 2,000 variants"
                                                            : "";
            if (why.isEmpty()) {
                rows.add(row);
            } else {
                losses.add(Loss.refused("variants[]", why));
            }
        }
        return rows;
    }

    /** As told by the list, by JSON in a string, or joined by dashes; none for a single variant without a key. */
    private static List<String> axisNames(Map<?, ?> data) {
        List<String> names = CjJson.texts(data.get("productKeyEnSet"));
        if (names.isEmpty()) {
            String joined = CjJson.text(data, "productKeyEn");
            names = joined.startsWith("[") ? CjJson.texts(joined) : CjJson.texts(List.of(joined.split("-")));
        }
        return new ArrayList<>(
                names.stream().map(name -> cut(name, 100)).distinct().toList());
    }

    /** Values of each row in the order of the names; changes the names when the keys cannot be taken apart. */
    private List<List<String>> values(List<Map<?, ?>> rows, List<String> names) {
        List<String> keys = rows.stream().map(CjVariantMapper::key).toList();
        if (rows.size() == 1 && keys.get(0).isEmpty()) {
            names.clear();
            return List.of(List.of());
        }
        Optional<List<List<String>>> split =
                names.isEmpty() ? Optional.empty() : CjVariantKeys.split(keys, names.size());
        if (split.isPresent()) {
            return split.get();
        }
        losses.add(Loss.changed(
                "variants[].variantKey",
                "cannot be taken apart by " + names + " for certain, the whole key is one option: " + keys.get(0)));
        names.clear();
        names.add(WHOLE_KEY);
        return rows.stream()
                .map(row -> List.of(key(row).isEmpty() ? CjJson.text(row, "vid") : key(row)))
                .toList();
    }

    private static Axis axis(String name, List<List<String>> values, int axis) {
        Set<String> distinct = new LinkedHashSet<>();
        values.forEach(one -> distinct.add(one.get(axis)));
        return new Axis(
                name,
                name,
                distinct.stream()
                        .map(value -> new Axis.Value(value, value, null))
                        .toList());
    }

    private SupplierVariant variant(Map<?, ?> row, List<String> names, List<String> values, Set<String> countries) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int axis = 0; axis < names.size(); axis++) {
            options.put(names.get(axis), values.get(axis));
        }
        String vid = CjJson.text(row, "vid");
        CjRange cost = cost(row).orElseThrow();
        if (!cost.single()) {
            losses.add(Loss.changed("variants[].variantSellPrice", vid + " has a range, the upper end is its cost"));
        }
        return new SupplierVariant(
                vid, vid, options, cost.highest(), listPrice(row), stock(row, countries), image(row), weight(row));
    }

    private static Optional<CjRange> cost(Map<?, ?> row) {
        return CjRange.of(row.get("variantSellPrice"))
                .filter(price -> price.highest().minor() > 0);
    }

    private static @Nullable Money listPrice(Map<?, ?> row) {
        return CjRange.of(row.get("variantSugSellPrice"))
                .map(CjRange::highest)
                .filter(price -> price.minor() > 0)
                .orElse(null);
    }

    private @Nullable String image(Map<?, ?> row) {
        String told = CjJson.text(row, "variantImage");
        String image = CjAddress.picture(told);
        if (image == null && !told.isEmpty()) {
            losses.add(Loss.refused("variants[].variantImage", "is no address of a picture: " + told));
        }
        return image;
    }

    /** Grams; the upper end of a range, since freight is paid by it. */
    private static @Nullable Long weight(Map<?, ?> row) {
        return CjRange.of(row.get("variantWeight"))
                .map(weight -> weight.to().setScale(0, RoundingMode.HALF_UP).longValue())
                .filter(grams -> grams > 0)
                .orElse(null);
    }

    /** All warehouses together; null when none tells, also where the list is null, as without enable_inventory. */
    private static @Nullable Long stock(Map<?, ?> row, Set<String> countries) {
        Long sum = null;
        for (Object one : CjJson.list(row.get("inventories"))) {
            Map<?, ?> warehouse = CjJson.map(one);
            Optional<Long> pieces = pieces(warehouse);
            if (pieces.isPresent()) {
                sum = (sum == null ? 0 : sum) + pieces.get();
                countries.add(CjJson.text(warehouse, "countryCode"));
            }
        }
        return sum == null ? whole(row.get("inventoryNum")).orElse(null) : sum;
    }

    /** The same number has three names, depending on the call; {@code storageNum} is the oldest. */
    private static Optional<Long> pieces(Map<?, ?> warehouse) {
        return whole(warehouse.get("totalInventory"))
                .or(() -> whole(warehouse.get("totalInventoryNum")))
                .or(() -> whole(warehouse.get("storageNum")));
    }

    private static Optional<Long> whole(@Nullable Object value) {
        String text = CjJson.plain(value);
        return text.matches("[0-9]{1,15}(\\.0+)?")
                ? Optional.of(Long.parseLong(text.replaceFirst("\\..*", "")))
                : Optional.empty();
    }

    private static String key(Map<?, ?> row) {
        return CjJson.text(row, "variantKey");
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max);
    }
}

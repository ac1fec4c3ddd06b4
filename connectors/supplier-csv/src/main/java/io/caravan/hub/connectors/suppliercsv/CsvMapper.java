package io.caravan.hub.connectors.suppliercsv;

import io.caravan.hub.model.Money;
import io.caravan.hub.model.supplier.Axis;
import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.SupplierProduct;
import io.caravan.hub.model.supplier.SupplierVariant;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one product to the product. What is told once for a product (title, description, pictures, names of
 * options) may stand in its first row alone. A person wrote the file and can mend it, so that a bad cell refuses the product.
 */
final class CsvMapper {

    /** Where a product is found that names no page of its own; the end of the name promises that no such host exists. */
    static final String PAGE = "https://supplier-csv.invalid/";

    static final Set<String> NEEDED = Set.of("product_id", "title", "cost", "currency");

    private static final int OPTIONS = 3;
    private static final int LONGEST_DESCRIPTION = 200_000;
    private static final Set<String> KNOWN = Set.of(
            "supplier",
            "product_id",
            "title",
            "description",
            "image_urls",
            "variant_id",
            "variant_image",
            "cost",
            "currency",
            "list_price",
            "stock",
            "weight_g",
            "product_url");

    private CsvMapper() {}

    /**
     * @param rows of one product, at least one, in the order of the file
     * @throws CsvFault naming line and column
     */
    static SupplierProduct product(CsvFolder.Name name, List<CsvRow> rows, Instant now) {
        if (rows.size() > SupplierProduct.MOST_VARIANTS) {
            throw rows.get(0).fault("product_id", "has more than 2,000 rows");
        }
        List<String> names = optionNames(rows);
        List<SupplierVariant> variants = variants(name, rows, names);
        return new SupplierProduct(
                CsvFault.VENDOR,
                name.toString(),
                page(name, rows),
                title(rows.get(0)),
                true,
                first(rows, "description", LONGEST_DESCRIPTION),
                images(rows, variants),
                axes(names, variants),
                variants,
                attributes(rows),
                losses(rows),
                now);
    }

    static String title(CsvRow row) {
        return row.required("title", 1_000);
    }

    /** The product's own page where the file names one. */
    static URI page(CsvFolder.Name name, List<CsvRow> rows) {
        for (CsvRow row : rows) {
            String address = row.address("product_url").orElse("");
            if (!address.isEmpty()) {
                try {
                    return new URI(address);
                } catch (java.net.URISyntaxException e) {
                    throw row.fault("product_url", "is no address: " + e.getReason());
                }
            }
        }
        return URI.create(PAGE + name);
    }

    /** Names by number; shorter when the last ones are not used. A shop's "Default Title" stands for no option. */
    private static List<String> optionNames(List<CsvRow> rows) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= OPTIONS; i++) {
            String column = "option" + i + "_name";
            String name = "";
            for (CsvRow row : rows) {
                String told = row.text(column, 100);
                if (!name.isEmpty() && !told.isEmpty() && !told.equals(name)) {
                    throw row.fault(column, "is '" + told + "', and '" + name + "' in another row of the product");
                }
                name = name.isEmpty() ? told : name;
            }
            if (name.isEmpty() || noOption(name, rows)) {
                break;
            }
            if (names.contains(name)) {
                throw rows.get(0).fault(column, "is '" + name + "' a second time");
            }
            names.add(name);
        }
        for (CsvRow row : rows) {
            for (int i = names.size() + 1; i <= OPTIONS; i++) {
                if (!row.text("option" + i + "_value").isEmpty() && !noOption("Title", rows)) {
                    throw row.fault("option" + i + "_value", "has no option" + i + "_name in any row of the product");
                }
            }
        }
        return names;
    }

    private static boolean noOption(String name, List<CsvRow> rows) {
        return name.equals("Title")
                && rows.size() == 1
                && rows.get(0).text("option1_value").equals("Default Title");
    }

    private static List<SupplierVariant> variants(CsvFolder.Name name, List<CsvRow> rows, List<String> names) {
        List<SupplierVariant> variants = new ArrayList<>();
        Map<String, Long> ids = new HashMap<>();
        Map<Map<String, String>, Long> combinations = new HashMap<>();
        for (CsvRow row : rows) {
            SupplierVariant variant = variant(name, row, names, rows.size() == 1);
            Long before = ids.putIfAbsent(variant.externalId(), row.line());
            if (before != null) {
                throw row.fault("variant_id", "is that of line " + before);
            }
            Long same = combinations.putIfAbsent(variant.options(), row.line());
            if (same != null) {
                throw row.fault(
                        names.isEmpty() ? "option1_name" : "option1_value",
                        "the variant has the options of line " + same + ": " + variant.options());
            }
            if (!variants.isEmpty()
                    && !variants.get(0).cost().currency().equals(variant.cost().currency())) {
                throw row.fault(
                        "currency", "differs from that of line " + rows.get(0).line());
            }
            variants.add(variant);
        }
        return variants;
    }

    private static SupplierVariant variant(CsvFolder.Name name, CsvRow row, List<String> names, boolean only) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            options.put(names.get(i), row.required("option" + (i + 1) + "_value", 200));
        }
        String id = only && row.text("variant_id").isEmpty() ? name.id() : row.required("variant_id", 100);
        Long weight = row.whole("weight_g");
        return new SupplierVariant(
                id,
                id,
                options,
                row.price("cost"),
                listPrice(row),
                row.count("stock"),
                row.address("variant_image").orElse(null),
                weight == null || weight == 0 ? null : weight);
    }

    private static @Nullable Money listPrice(CsvRow row) {
        Money price = row.money("list_price");
        return price == null || price.minor() == 0 ? null : price;
    }

    private static List<String> images(List<CsvRow> rows, List<SupplierVariant> variants) {
        Set<String> images = new LinkedHashSet<>();
        rows.forEach(row -> images.addAll(row.addresses("image_urls")));
        if (images.isEmpty()) {
            variants.stream()
                    .map(SupplierVariant::image)
                    .filter(Objects::nonNull)
                    .forEach(images::add);
        }
        return List.copyOf(images);
    }

    private static List<Axis> axes(List<String> names, List<SupplierVariant> variants) {
        return names.stream()
                .map(name -> new Axis(
                        name,
                        name,
                        variants.stream()
                                .map(variant -> variant.options().getOrDefault(name, ""))
                                .distinct()
                                .map(value -> new Axis.Value(value, value, null))
                                .toList()))
                .toList();
    }

    /** The supplier's name, and every column that has no meaning of its own. */
    private static Map<String, String> attributes(List<CsvRow> rows) {
        Map<String, String> attributes = new LinkedHashMap<>();
        rows.forEach(row -> row.values().forEach((column, value) -> {
            if (!value.isEmpty() && (column.equals("supplier") || !known(column))) {
                attributes.putIfAbsent(column, value);
            }
        }));
        return attributes;
    }

    /** An attribute belongs to the product: where rows differ, the first one stays. */
    private static List<Loss> losses(List<CsvRow> rows) {
        List<Loss> losses = new ArrayList<>();
        Map<String, String> first = attributes(rows);
        first.forEach((column, value) -> {
            if (rows.stream()
                    .anyMatch(row ->
                            !row.text(column).isEmpty() && !row.text(column).equals(value))) {
                losses.add(Loss.changed(column, "differs between the variants, '" + value + "' of the first is kept"));
            }
        });
        return losses;
    }

    private static boolean known(String column) {
        return KNOWN.contains(column) || column.matches("option[1-3]_(name|value)");
    }

    private static String first(List<CsvRow> rows, String column, int max) {
        return rows.stream()
                .map(row -> row.text(column, max))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }
}

package io.caravan.hub.enrich.product;

import io.caravan.hub.enrich.text.Fold;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.product.DraftVariant;
import io.caravan.hub.model.product.ProductDraft;
import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.SupplierProduct;
import io.caravan.hub.model.supplier.SupplierVariant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;

/** From what a supplier tells to the canonical product, still without prices and without pictures of our own. */
public final class ProductNormaliser {

    /** What {@code Product.images} takes. */
    private static final int MOST_IMAGES = 250;

    private static final Set<String> BRAND = Set.of("brand", "brandname", "marca", "marke", "nomedamarca", "marque");
    private static final Set<String> TYPE = Set.of("category", "categoryname", "producttype", "type");

    private final ImportRules rules;
    private final TitleCleaner titles;
    private final DescriptionCleaner descriptions;
    private final OptionNames optionNames;
    private final Set<String> brandNoise;

    /** Prepares the rules once; the normaliser is then for all products and threads. */
    public ProductNormaliser(ImportRules rules) {
        this.rules = rules;
        this.titles = new TitleCleaner(rules);
        this.descriptions = new DescriptionCleaner(rules);
        this.optionNames = new OptionNames(rules);
        this.brandNoise = rules.brandNoise().stream().map(Fold::key).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The same product gives the same draft, ids and all.
     *
     * @throws IllegalArgumentException naming the field that cannot be brought into our form
     */
    public ProductDraft normalise(AccountId account, SupplierProduct product) {
        return new One(product).draft(productId(account, product.supplier(), product.externalId()));
    }

    /** The id of an imported product: one for each account and supplier's product, however often it is imported. */
    public static String productId(AccountId account, String supplier, String externalId) {
        return Refs.of(account.value(), "product", supplier, externalId);
    }

    /** The same for the same option ids, in whatever order and language they are told. */
    static String variantKey(String supplier, String externalId, Map<String, String> options) {
        List<String> parts = new ArrayList<>(List.of("variant", supplier, externalId));
        new TreeMap<>(options).forEach((axis, value) -> {
            parts.add(axis);
            parts.add(value);
        });
        return Refs.of(parts.toArray(String[]::new));
    }

    /** One product on its way. */
    private final class One {

        private final SupplierProduct product;
        private final List<Loss> losses;
        private final List<String> notes = new ArrayList<>();

        One(SupplierProduct product) {
            this.product = product;
            this.losses = new ArrayList<>(product.losses());
        }

        private ProductDraft draft(String id) {
            String title = title();
            String description = descriptions.clean(product.descriptionHtml(), losses);
            titles.found(
                            description.isEmpty()
                                    ? ""
                                    : Jsoup.parseBodyFragment(description).text())
                    .forEach(word -> notes.add("the description names \"" + word + "\""));
            if (!product.available()) {
                notes.add("the supplier does not sell it at the moment");
            }
            OptionMatrix matrix = OptionMatrix.of(product.axes(), product.variants(), optionNames, losses);
            Pictures pictures = new Pictures(product, rules, MOST_IMAGES, losses);
            List<DraftVariant> variants = variants(matrix, pictures);
            if (pictures.urls().isEmpty()) {
                notes.add("it has no picture");
            }
            return new ProductDraft(
                    id,
                    title,
                    description,
                    brand(),
                    ProductText.cut(attribute(TYPE), 255),
                    rules.tags().stream().distinct().toList(),
                    matrix.options(),
                    variants,
                    pictures.urls(),
                    product.supplier(),
                    product.externalId(),
                    // as text: this room does not know addresses
                    String.valueOf((Object) product.url()),
                    counted(losses),
                    notes);
        }

        private String title() {
            Set<String> removed = new LinkedHashSet<>();
            String title = titles.clean(product.title(), removed);
            removed.forEach(word -> notes.add("the title named \"" + word + "\", which was taken out"));
            if (title.isEmpty()) {
                notes.add("nothing was left of the title, write one");
                title = ("Product " + product.externalId().replaceAll("[^A-Za-z0-9-]", "")).strip();
            }
            if (!title.equals(product.title())) {
                losses.add(Loss.changed("title", "was \"" + product.title() + "\""));
            }
            return title;
        }

        private List<DraftVariant> variants(OptionMatrix matrix, Pictures pictures) {
            Skus skus = new Skus(rules.skuPrefix(product.supplier()), product.externalId());
            List<SupplierVariant> sorted = new ArrayList<>(product.variants());
            sorted.sort((a, b) -> Arrays.compare(matrix.place(a), matrix.place(b)));
            List<DraftVariant> variants = new ArrayList<>(sorted.size());
            for (SupplierVariant variant : sorted) {
                String key = variantKey(product.supplier(), product.externalId(), variant.options());
                variants.add(new DraftVariant(
                        key,
                        skus.next(key),
                        matrix.labels(variant),
                        variant.cost(),
                        variant.listPrice(),
                        variant.stock(),
                        pictures.of(variant),
                        variant.weightGrams(),
                        variant.externalId(),
                        variant.orderKey()));
            }
            return variants;
        }

        private String brand() {
            String brand = ProductText.cut(ProductText.plain(attribute(BRAND)), 255);
            String key = Fold.key(brand);
            boolean noise = brandNoise.contains(key);
            Set<String> protectedWords = titles.found(brand);
            if (!protectedWords.isEmpty()) {
                notes.add("the supplier names the brand \"" + String.join(", ", protectedWords)
                        + "\": ask for its licence");
            }
            return noise || !protectedWords.isEmpty() ? "" : brand;
        }

        private String attribute(Set<String> names) {
            return product.attributes().entrySet().stream()
                    .filter(entry -> names.contains(Fold.key(entry.getKey())))
                    .map(Map.Entry::getValue)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
        }
    }

    /** The same loss of many rows is told once, with how often. */
    private static List<Loss> counted(List<Loss> losses) {
        return losses.stream()
                .collect(Collectors.groupingBy(loss -> loss, java.util.LinkedHashMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() == 1
                        ? entry.getKey()
                        : new Loss(
                                entry.getKey().field(),
                                entry.getKey().what(),
                                entry.getValue() + " times: " + entry.getKey().why()))
                .toList();
    }
}

package io.caravan.hub.enrich.product;

import io.caravan.hub.enrich.text.Fold;
import io.caravan.hub.enrich.text.WordRules;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How suppliers' products are cleaned: {@code import.yaml}, with the shared words.
 *
 * @param titleMax longest title in characters, 20 to 255
 * @param noise what suppliers write for search engines of their own: "free shipping", "hot sale"; whole words, any case
 * @param keepCapitals words that stay in capitals: USB, LED
 * @param supplierHosts text that holds one of these names is dropped from descriptions
 * @param optionNames what suppliers call an option, in any spelling and language, to what buyers read
 * @param hiddenOptions options that are left out when they have one value: "ships from"
 * @param brandNoise what suppliers write instead of a brand
 * @param skuPrefixes supplier to the beginning of its SKUs, 1 to 8 letters and digits; others get their own name's first three
 * @param tags put on every imported product
 * @param maxImages largest gallery, 1 to 250; pictures of variants come on top as far as shops take them
 */
public record ImportRules(
        WordRules words,
        int titleMax,
        List<String> noise,
        List<String> keepCapitals,
        List<String> supplierHosts,
        Map<String, String> optionNames,
        List<String> hiddenOptions,
        List<String> brandNoise,
        Map<String, String> skuPrefixes,
        List<String> tags,
        int maxImages) {

    public ImportRules {
        within("title_max", titleMax, 20, 255);
        within("max_images", maxImages, 1, 250);
        noise.forEach(word -> notBlank("noise", word));
        supplierHosts.forEach(host -> notBlank("supplier_hosts", host));
        optionNames.forEach((alias, name) -> {
            notBlank("option_names", Fold.key(alias));
            notBlank("option_names." + alias, name);
            within("option_names." + alias + ", its length", name.length(), 1, 60);
        });
        skuPrefixes.forEach((supplier, prefix) -> {
            if (!prefix.matches("[A-Z0-9]{1,8}")) {
                throw new IllegalArgumentException(
                        "sku_prefixes." + supplier + " must be 1 to 8 capital letters and digits, is " + prefix);
            }
        });
        tags.forEach(tag -> {
            notBlank("tags", tag);
            within("tags, the length of one", tag.length(), 1, 255);
        });
        noise = List.copyOf(noise);
        keepCapitals = List.copyOf(keepCapitals);
        supplierHosts = List.copyOf(supplierHosts);
        optionNames = Map.copyOf(optionNames);
        hiddenOptions = List.copyOf(hiddenOptions);
        brandNoise = List.copyOf(brandNoise);
        skuPrefixes = Map.copyOf(skuPrefixes);
        tags = List.copyOf(tags);
    }

    String skuPrefix(String supplier) {
        String set = skuPrefixes.get(supplier);
        if (set != null) {
            return set;
        }
        String letters = supplier.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        return letters.isEmpty() ? "X" : letters.substring(0, Math.min(3, letters.length()));
    }

    private static void within(String field, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(field + " must be " + min + " to " + max + ", is " + value);
        }
    }

    private static void notBlank(String field, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(field + " holds an empty entry");
        }
    }

    public static ImportRules defaults() {
        return new ImportRules(
                WordRules.defaults(),
                140,
                List.of("dropshipping", "drop shipping", "wholesale", "free shipping", "hot sale", "best seller"),
                List.of(
                        "USB", "LED", "RGB", "DIY", "PVC", "PU", "3D", "2D", "UV", "TV", "PC", "XL", "XXL", "USA",
                        "UK"),
                List.of("aliexpress.", "alicdn.", "cjdropshipping."),
                Map.of("colour", "Color", "color", "Color", "size", "Size", "material", "Material"),
                List.of("ships from"),
                List.of("none", "no brand", "oem", "generic", "noenname_null"),
                Map.of("aliexpress", "AE", "cjdropshipping", "CJ"),
                List.of(),
                20);
    }
}

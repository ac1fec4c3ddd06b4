package io.caravan.hub.enrich.product;

import io.caravan.hub.enrich.Samples;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.supplier.Axis;
import io.caravan.hub.model.supplier.SupplierProduct;
import io.caravan.hub.model.supplier.SupplierVariant;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.jspecify.annotations.Nullable;

/** Suppliers' products, plain ones and any that the model allows. */
final class SupplierSamples {

    private SupplierSamples() {}

    static Axis axis(String id, String name, String... labels) {
        List<Axis.Value> values = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            values.add(new Axis.Value(id + "-" + i, labels[i], null));
        }
        return new Axis(id, name, values);
    }

    /** Every combination is a variant. */
    static SupplierProduct product(String title, String html, List<Axis> axes) {
        return product(title, html, axes, combinations(axes));
    }

    static SupplierProduct product(String title, String html, List<Axis> axes, List<SupplierVariant> variants) {
        return product(title, html, List.of("https://img.example.com/main.jpg"), axes, variants, Map.of());
    }

    static SupplierProduct product(
            String title,
            String html,
            List<String> images,
            List<Axis> axes,
            List<SupplierVariant> variants,
            Map<String, String> attributes) {
        return new SupplierProduct(
                "aliexpress",
                "1005005454292177",
                URI.create("https://www.aliexpress.com/item/1005005454292177.html"),
                title,
                true,
                html,
                images,
                axes,
                variants,
                attributes,
                List.of(),
                Samples.NOW);
    }

    static List<SupplierVariant> combinations(List<Axis> axes) {
        List<Map<String, String>> all = List.of(Map.of());
        for (Axis axis : axes) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> one : all) {
                for (Axis.Value value : axis.values()) {
                    Map<String, String> next = new LinkedHashMap<>(one);
                    next.put(axis.id(), value.id());
                    longer.add(next);
                }
            }
            all = longer;
        }
        List<SupplierVariant> variants = new ArrayList<>();
        for (Map<String, String> options : all) {
            variants.add(variant("v" + variants.size(), options, null));
        }
        return variants;
    }

    static SupplierVariant variant(String id, Map<String, String> options, @Nullable String image) {
        return new SupplierVariant(id, "14:" + id, options, Money.of(500, "USD"), null, 7L, image, 120L);
    }

    /** Anything that the model lets through: texts of any characters, up to five axes, broken pictures. */
    static Arbitrary<SupplierProduct> anything() {
        return Arbitraries.randomValue(SupplierSamples::anything);
    }

    private static SupplierProduct anything(Random random) {
        List<Axis> axes = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            List<Axis.Value> values = new ArrayList<>();
            for (int v = 1 + random.nextInt(4); v > 0; v--) {
                values.add(new Axis.Value(
                        v + text(random, 20), text(random, 60), random.nextBoolean() ? url(random) : null));
            }
            axes.add(new Axis(i + text(random, 20), text(random, 40), values));
        }
        List<SupplierVariant> all = combinations(axes);
        List<SupplierVariant> variants = new ArrayList<>();
        Set<Integer> left = new HashSet<>();
        for (int i = 0; i < Math.min(all.size(), 1 + random.nextInt(60)); i++) {
            int at = random.nextInt(all.size());
            if (left.add(at)) {
                SupplierVariant base = all.get(at);
                variants.add(new SupplierVariant(
                        base.externalId() + text(random, 5),
                        random.nextBoolean() ? "" : text(random, 50),
                        base.options(),
                        Money.of(random.nextLong() >>> 1, "USD"),
                        random.nextBoolean() ? null : Money.of(random.nextLong(), "EUR"),
                        random.nextBoolean() ? null : random.nextLong() >>> 1,
                        random.nextBoolean() ? null : url(random),
                        random.nextBoolean() ? null : random.nextLong()));
            }
        }
        return new SupplierProduct(
                random.nextBoolean() ? "aliexpress" : "_-",
                text(random, 60),
                URI.create("https://example.com/" + random.nextInt()),
                text(random, 300),
                random.nextBoolean(),
                html(random),
                List.of(url(random), url(random), url(random)),
                axes,
                variants,
                Map.of("Brand Name", text(random, 40), "category", text(random, 40)),
                List.of(),
                Samples.NOW);
    }

    private static final String[] PIECES = {
        "free shipping",
        "NIKE",
        "disney",
        "HOT SALE!!!",
        "Cat",
        "🔥🔥",
        "\u0000",
        "\uD800",
        "&amp;",
        "<b>",
        "</p>",
        "<script>alert(1)",
        "<a href='https://www.aliexpress.com/x'>",
        "<img src=x onerror=alert(1)>",
        "<![CDATA[",
        "<!--",
        "T-SHIRT",
        "猫",
        "ß",
        "İ",
        "e\u0301",
        "\u202E",
        "  ",
        "\n",
        "(2)",
        "/",
        "|",
        "$1",
        "\\",
        "<table><td>",
        "<svg><style>",
        "&#x3c;",
        "a",
        "1",
        "™",
        "."
    };

    /** At least one visible character, as the model wants. */
    private static String text(Random random, int max) {
        StringBuilder text = new StringBuilder("x".repeat(random.nextInt(2)));
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            text.append(
                    random.nextInt(4) == 0
                            ? Character.toString(random.nextInt(0x10FFFF))
                            : PIECES[random.nextInt(PIECES.length)]);
        }
        String cut = text.substring(0, Math.min(max, text.length()));
        return cut.isBlank() ? "!" : cut;
    }

    private static String html(Random random) {
        StringBuilder html = new StringBuilder();
        for (int i = random.nextInt(80); i > 0; i--) {
            html.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return html.toString();
    }

    private static String url(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "//img.example.com/" + random.nextInt(9) + ".jpg";
            case 1 -> "javascript:alert(1)";
            case 2 -> text(random, 40);
            default -> "https://img.example.com/" + random.nextInt(9) + ".jpg";
        };
    }
}

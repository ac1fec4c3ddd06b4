package io.caravan.hub.enrich.product;

import static io.caravan.hub.enrich.product.SupplierSamples.axis;
import static io.caravan.hub.enrich.product.SupplierSamples.combinations;
import static io.caravan.hub.enrich.product.SupplierSamples.product;
import static io.caravan.hub.enrich.product.SupplierSamples.variant;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.enrich.Samples;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.product.DraftVariant;
import io.caravan.hub.model.product.Option;
import io.caravan.hub.model.product.ProductDraft;
import io.caravan.hub.model.supplier.Axis;
import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.SupplierProduct;
import io.caravan.hub.model.supplier.SupplierVariant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductNormaliserTest {

    private static final ProductNormaliser NORMALISER = new ProductNormaliser(ImportRules.defaults());

    @Provide
    Arbitrary<SupplierProduct> products() {
        return SupplierSamples.anything();
    }

    @Property
    void shouldBringAnyProductIntoOurFormOrNameTheField(@ForAll("products") SupplierProduct product) {
        ProductDraft draft;
        try {
            draft = draft(product);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(?s)(product|variant|option|field|axis|external_id|title)\\b.*");
            return;
        }
        assertThat(draft.variants()).hasSameSizeAs(product.variants());
        assertThat(draft.options()).hasSizeLessThanOrEqualTo(3);
        assertThat(draft.options().stream().map(Option::name)).doesNotHaveDuplicates();
        assertThat(draft.variants().stream().map(DraftVariant::key)).doesNotHaveDuplicates();
        assertThat(draft.variants().stream().map(DraftVariant::sku))
                .doesNotHaveDuplicates()
                .allSatisfy(sku -> assertThat(sku).matches("[A-Za-z0-9-]{4,40}"));
        assertThat(draft.variants().stream().map(DraftVariant::options)).doesNotHaveDuplicates();
        for (DraftVariant variant : draft.variants()) {
            assertThat(variant.options().keySet())
                    .containsExactlyElementsOf(
                            draft.options().stream().map(Option::name).toList());
            draft.options()
                    .forEach(option -> assertThat(option.values())
                            .doesNotHaveDuplicates()
                            .contains(variant.options().get(option.name())));
            if (variant.imageUrl() != null) {
                assertThat(draft.imageUrls()).contains(variant.imageUrl());
            }
        }
        assertThat(draft.imageUrls()).allSatisfy(url -> assertThat(url).matches("(?i)https?://\\S+"));
        assertSafe(draft.descriptionHtml());
        assertThat(draft.title())
                .doesNotContain("<", ">")
                .isEqualTo(draft.title().strip());
    }

    @Property
    void shouldNotDependOnTheOrderInWhichASupplierTells(
            @ForAll("products") SupplierProduct product, @ForAll long seed) {
        List<SupplierVariant> variants = new ArrayList<>();
        for (SupplierVariant variant : product.variants()) {
            List<Map.Entry<String, String>> options =
                    new ArrayList<>(variant.options().entrySet());
            Collections.shuffle(options, new Random(seed));
            Map<String, String> shuffled = new java.util.LinkedHashMap<>();
            options.forEach(option -> shuffled.put(option.getKey(), option.getValue()));
            variants.add(new SupplierVariant(
                    variant.externalId(),
                    variant.orderKey(),
                    shuffled,
                    variant.cost(),
                    variant.listPrice(),
                    variant.stock(),
                    variant.image(),
                    variant.weightGrams()));
        }
        Collections.shuffle(variants, new Random(seed));
        List<Axis> axes = new ArrayList<>();
        for (Axis axis : product.axes()) {
            List<Axis.Value> values = new ArrayList<>(axis.values());
            Collections.shuffle(values, new Random(seed));
            axes.add(new Axis(axis.id(), "translated " + axis.name(), values));
        }
        Collections.shuffle(axes, new Random(seed));
        SupplierProduct shuffled = new SupplierProduct(
                product.supplier(),
                product.externalId(),
                product.url(),
                "translated",
                true,
                "",
                product.images(),
                axes,
                variants,
                Map.of(),
                List.of(),
                product.fetchedAt());

        assertThat(keys(draft(shuffled))).isEqualTo(keys(draft(product)));
    }

    private static Map<String, String> keys(ProductDraft draft) {
        return draft.variants().stream().collect(Collectors.toMap(DraftVariant::supplierId, DraftVariant::key));
    }

    @Test
    void shouldTakeTheKeyFromSupplierProductAndOptionIdsAlone() {
        ProductDraft draft =
                draft(product("Mug", "", List.of(axis("14", "Color", "Red"), axis("5", "Size", "S", "M"))));

        assertThat(draft.variants().get(1).key())
                .isEqualTo(Refs.of("variant", "aliexpress", "1005005454292177", "14", "14-0", "5", "5-1"));
        assertThat(draft.variants().get(1).sku())
                .isEqualTo(
                        "AE-1005005454292177-" + draft.variants().get(1).key().substring(0, 10));
        assertThat(draft.id()).isEqualTo(Refs.of("acme", "product", "aliexpress", "1005005454292177"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cat Mug | Cat Mug",
                "🔥HOT SALE🔥 Cat Mug, Free Shipping! | Cat Mug",
                "CAT MUG WITH USB HEATER AND LED LIGHT | Cat Mug With USB Heater And LED Light",
                "2024 Wholesale NIKE Running Shoes For Men | 2024 Running Shoes For Men",
                "Ca&#116; Mug &amp; Spoon™ | Cat Mug & Spoon",
                "<b>Cat</b> Mug | b Cat /b Mug",
                "dropshipping | Product 1005005454292177",
                "Disney | Product 1005005454292177",
                "Wholesaler's Ｃat Ｍug | Wholesaler's Cat Mug",
                "Mug S925 Silver XXL | Mug S925 Silver XXL",
            })
    void shouldWriteATitleThatABuyerCanRead(String told, String title) {
        assertThat(draft(product(told, "", List.of())).title()).isEqualTo(title);
    }

    @Test
    void shouldCutALongTitleAtAWordAndReportIt() {
        ProductDraft draft = draft(product("Comfortable ".repeat(60), "", List.of()));

        assertThat(draft.title()).hasSizeLessThanOrEqualTo(140).endsWith("Comfortable");
        assertThat(draft.losses()).extracting(Loss::field).contains("title");
    }

    @Test
    void shouldSayWhatAPersonShouldLookAt() {
        ProductDraft draft = draft(product(
                "Nike Shoes",
                "<p>Like adidas</p>",
                List.of(),
                List.of(),
                combinations(List.of()),
                Map.of("Brand", "Gucci")));

        assertThat(draft.brand()).isEmpty();
        assertThat(draft.notes())
                .containsExactly(
                        "the title named \"nike\", which was taken out",
                        "the description names \"adidas\"",
                        "it has no picture",
                        "the supplier names the brand \"gucci\": ask for its licence");
    }

    @ParameterizedTest
    @CsvSource({"NoEnName_Null,''", "none,''", "Anta Home,Anta Home"})
    void shouldTakeABrandThatIsOne(String told, String brand) {
        assertThat(draft(product("Mug", "", List.of(), List.of(), combinations(List.of()), Map.of("Brand Name", told)))
                        .brand())
                .isEqualTo(brand);
    }

    @Test
    void shouldNameOptionsAsBuyersDoAndMakeLabelsUnique() {
        ProductDraft draft = draft(product(
                "Mug",
                "",
                List.of(
                        axis("14", "Colour:", "Red", "red ", "🔥", "Blue"),
                        axis("x", "COLOR", "A", "B"),
                        axis("5", "plug type", "EU"))));

        assertThat(draft.options())
                .containsExactly(
                        new Option("Color", List.of("Red", "red (2)", "14-2", "Blue")),
                        new Option("Color (2)", List.of("A", "B")),
                        new Option("Plug type", List.of("EU")));
    }

    @Test
    void shouldJoinWhatIsMoreThanThreeAxes() {
        ProductDraft draft = draft(product(
                "Mug",
                "",
                List.of(
                        axis("a", "A", "1", "2"),
                        axis("b", "B", "1"),
                        axis("c", "C", "x", "y"),
                        axis("d", "D", "p", "q"))));

        assertThat(draft.options())
                .containsExactly(
                        new Option("A", List.of("1", "2")),
                        new Option("B", List.of("1")),
                        new Option("C / D", List.of("x / p", "x / q", "y / p", "y / q")));
        assertThat(draft.variants()).hasSize(8);
        assertThat(draft.losses()).extracting(Loss::what).contains("changed");
    }

    @Test
    void shouldLeaveOutAWarehouseThatIsNoChoiceAndValuesThatNobodyCanBuy() {
        List<Axis> axes = List.of(axis("14", "Color", "Red", "Blue"), axis("w", "Ships From", "China", "Spain"));
        SupplierProduct product =
                product("Mug", "", axes, List.of(variant("v1", Map.of("14", "14-0", "w", "w-0"), null)));

        ProductDraft draft = draft(product);

        assertThat(draft.options()).containsExactly(new Option("Color", List.of("Red")));
        assertThat(draft.losses())
                .contains(
                        Loss.dropped("axes.w", "every variant has the same"),
                        Loss.dropped("axes.14", "1 values that no variant has"));
        assertThat(draft.variants().get(0).key())
                .as("what is not shown still tells variants apart")
                .isEqualTo(ProductNormaliser.variantKey(
                        "aliexpress", "1005005454292177", Map.of("14", "14-0", "w", "w-0")));
    }

    @Test
    void shouldGiveAVariantItsOwnPictureElseThatOfItsOptionValue() {
        Axis colour = new Axis(
                "14",
                "Color",
                List.of(
                        new Axis.Value("red", "Red", "//img.example.com/red.jpg"),
                        new Axis.Value("blue", "Blue", "ftp://img.example.com/blue.jpg"),
                        new Axis.Value("green", "Green", "https://img.example.com/green.jpg")));
        ProductDraft draft = draft(product(
                "Mug",
                "",
                List.of("https://img.example.com/main.jpg", "https://img.example.com/red.jpg"),
                List.of(colour),
                List.of(
                        variant("v1", Map.of("14", "green"), "https://img.example.com/own.jpg"),
                        variant("v2", Map.of("14", "blue"), null),
                        variant("v3", Map.of("14", "red"), null)),
                Map.of()));

        assertThat(draft.variants().stream().map(variant -> String.valueOf(variant.imageUrl())))
                .containsExactly("https://img.example.com/red.jpg", "null", "https://img.example.com/own.jpg");
        assertThat(draft.imageUrls())
                .containsExactly(
                        "https://img.example.com/main.jpg",
                        "https://img.example.com/red.jpg",
                        "https://img.example.com/own.jpg");
        assertThat(draft.losses()).contains(Loss.refused("axes[].values[].image", "is no http or https address"));
    }

    @Test
    void shouldCarryWhatAVariantIs() {
        DraftVariant variant = draft(product("Mug", "", List.of())).variants().get(0);

        assertThat(variant.stock()).isEqualTo(7);
        assertThat(variant.weightGrams()).isEqualTo(120);
        assertThat(variant.cost().minor()).isEqualTo(500);
        assertThat(variant.supplierId()).isEqualTo("v0");
        assertThat(variant.orderKey()).isEqualTo("14:v0");
        assertThat(variant.options()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {105, 2_000})
    void shouldHoldEveryVariantOfALargeProduct(int count) {
        Axis colour = axis("14", "Color", labels("Color ", count / 5));
        Axis size = axis("5", "Size", "S", "M", "L", "XL", "XXL");
        List<SupplierVariant> variants = new ArrayList<>(combinations(List.of(colour, size)));
        Collections.shuffle(variants, new Random(1));

        ProductDraft draft = draft(product("Shirt", "", List.of(colour, size), variants));

        assertThat(draft.variants()).hasSize(count);
        assertThat(new HashSet<>(
                        draft.variants().stream().map(DraftVariant::sku).toList()))
                .hasSize(count);
        assertThat(draft.variants().get(1).options()).isEqualTo(Map.of("Color", "Color 0", "Size", "M"));
        assertThat(draft.variants().get(count - 1).options())
                .isEqualTo(Map.of("Color", "Color " + (count / 5 - 1), "Size", "XXL"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "<svg><style><img src=x onerror=alert(1)></style></svg>",
                "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
                "<a href='javascript:alert(1)'>x</a>",
                "<p style='background:url(https://evil.example/x)'>x</p>",
                "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
                "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
                "<form action=https://evil.example><input type=submit>",
                "<p onclick=alert(1)>x",
                "<base href=//evil.example>",
                "<link rel=stylesheet href=//evil.example>",
                "<meta http-equiv=refresh content='0;url=//evil.example'>",
                "<template><script>alert(1)</script></template>",
                "<textarea></textarea><script>alert(1)</script>",
                "<xmp><script>alert(1)</script></xmp>",
                "<!--><script>alert(1)</script>-->",
                "<video><source onerror=alert(1)>",
                "<body onload=alert(1)>",
                "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
            })
    void shouldLetNothingRunThatASupplierWrites(String html) {
        assertSafe(draft(product("Mug", html, List.of())).descriptionHtml());
    }

    @Test
    void shouldKeepTheTextAndItsStructure() {
        ProductDraft draft = draft(product(
                "Mug",
                "<div class=x><h1>Size</h1><p style='color:red'>See <a href='https://www.aliexpress.com/store/1'>our shop</a>"
                        + " at www.aliexpress.com/store or https://t.co/x now<br>two</p><p><img src='https://a/b.jpg'></p>"
                        + "<ul><li>one</li><li></li></ul></div>",
                List.of()));

        assertThat(draft.descriptionHtml())
                .isEqualTo("<div><h2>Size</h2><p>See our shop at or now<br>two</p><ul><li>one</li></ul></div>");
        assertThat(draft.losses())
                .extracting(Loss::why)
                .contains("1 elements: links are not carried, their text is", "2 addresses in the text");
    }

    @Test
    void shouldCutALongDescriptionBetweenElementsAndALongElementToItsText() {
        String many = draft(product("Mug", "<p>word word</p>".repeat(10_000), List.of()))
                .descriptionHtml();
        assertThat(many).hasSizeBetween(50_000, 60_000).endsWith("</p>");

        String one = draft(product("Mug", "<p>" + "&lt;word&gt; ".repeat(15_000) + "</p>", List.of()))
                .descriptionHtml();
        assertThat(one)
                .hasSizeBetween(1_000, 60_000)
                .startsWith("<p>&lt;word&gt;")
                .endsWith("</p>");
    }

    @Test
    void shouldSurviveHtmlThatIsAsDeepAsItIsLong() {
        assertSafe(draft(product("Mug", "<div>".repeat(40_000), List.of())).descriptionHtml());
        assertSafe(draft(product("Mug", "<b><i><a>".repeat(20_000) + "x", List.of()))
                .descriptionHtml());
        assertSafe(
                draft(product("Mug", "<table>".repeat(20_000) + "x", List.of())).descriptionHtml());
    }

    @Test
    void shouldFindSkusThatBelongToSomethingElse() {
        ProductDraft draft = draft(product("Mug", "", List.of(axis("5", "Size", "S", "M"))));
        DraftVariant first = draft.variants().get(0);
        DraftVariant second = draft.variants().get(1);
        Map<String, String> known = new HashMap<>(Map.of(first.sku(), first.key(), second.sku(), "another"));

        assertThat(Skus.collisions(draft.variants(), known))
                .containsExactly("SKU " + second.sku() + " of variant " + second.key() + " belongs to variant another");
    }

    @Test
    void shouldTakeALongerPartOfTheKeyWhenAShortOneIsTaken() {
        Skus skus = new Skus("AE", "12");

        assertThat(List.of(
                        skus.next("aaaaaaaaaabbbbbbbbbbcccccc"),
                        skus.next("aaaaaaaaaabbbbbbbbbbcccccd"),
                        skus.next("aaaaaaaaaabbbbbbbbbbcccccd")))
                .containsExactly("AE-12-aaaaaaaaaa", "AE-12-aaaaaaaaaab", "AE-12-aaaaaaaaaabb");
    }

    private static String[] labels(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toArray(String[]::new);
    }

    /** Read again by an HTML5 parser: structure alone, no attribute, no address. */
    private static void assertSafe(String html) {
        assertThat(html).hasSizeLessThanOrEqualTo(60_000);
        for (Element element : Jsoup.parseBodyFragment(html).body().children().select("*")) {
            assertThat(element.tagName())
                    .isIn(
                            "div",
                            "p",
                            "br",
                            "b",
                            "strong",
                            "i",
                            "em",
                            "u",
                            "ul",
                            "ol",
                            "li",
                            "h2",
                            "h3",
                            "h4",
                            "table",
                            "thead",
                            "tbody",
                            "tr",
                            "th",
                            "td",
                            "blockquote",
                            "dl",
                            "dt",
                            "dd");
            assertThat(element.attributesSize()).isZero();
        }
        assertThat(html).doesNotContain("://");
    }

    private static ProductDraft draft(SupplierProduct product) {
        return NORMALISER.normalise(Samples.ACCOUNT, product);
    }
}

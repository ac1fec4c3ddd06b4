package io.caravan.hub.connectors.suppliercsv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.supplier.Axis;
import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.ShippingOption;
import io.caravan.hub.model.supplier.SupplierHit;
import io.caravan.hub.model.supplier.SupplierPage;
import io.caravan.hub.model.supplier.SupplierProduct;
import io.caravan.hub.model.supplier.SupplierVariant;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SupplierCsvTest {

    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
    private static final String HEAD = "product_id,title,option1_name,option1_value,variant_id,cost,currency";

    @TempDir
    Path configuration;

    private SupplierCsv supplier;
    private Path folder;

    @BeforeEach
    void open() throws IOException {
        supplier = new SupplierCsv(Clock.fixed(NOW, ZoneOffset.UTC));
        supplier.setDir(configuration.toString());
        folder = Files.createDirectories(configuration.resolve("suppliers"));
    }

    @Test
    void shouldReadEveryColumn() throws IOException {
        write("spocket.csv", """
                supplier,product_id,title,description,image_urls,option1_name,option1_value,option2_name,option2_value,\
                option3_name,option3_value,variant_id,variant_image,cost,currency,list_price,stock,weight_g,product_url,Material
                Nordic,a-1,"Apron, long","<p>Two
                lines</p>",https://c.example/1.jpg https://c.example/2x.jpg|https://c.example/3.jpg,Color,Sand,Size,S,Lace,Yes,\
                v1,https://c.example/v1.jpg,9.50,EUR,19.90,12,240.4,https://shop.example/apron?v=1,Linen
                Nordic,a-1,,,,,Sand,,M,,Yes,v2,,10,EUR,,0,,,Cotton
                """);
        SupplierProduct product = product("spocket_a-1");
        assertThat(product.supplier()).isEqualTo("supplier-csv");
        assertThat(product.externalId()).isEqualTo("spocket_a-1");
        assertThat(product.url()).hasToString("https://shop.example/apron?v=1");
        assertThat(product.title()).isEqualTo("Apron, long");
        assertThat(product.available()).isTrue();
        assertThat(product.descriptionHtml()).isEqualTo("<p>Two\nlines</p>");
        assertThat(product.images())
                .containsExactly("https://c.example/1.jpg", "https://c.example/2x.jpg", "https://c.example/3.jpg");
        assertThat(product.axes()).extracting(Axis::name).containsExactly("Color", "Size", "Lace");
        assertThat(product.axes().get(1).values()).extracting(Axis.Value::label).containsExactly("S", "M");
        assertThat(product.variants())
                .containsExactly(
                        new SupplierVariant(
                                "v1",
                                "v1",
                                Map.of("Color", "Sand", "Size", "S", "Lace", "Yes"),
                                Money.of(950, "EUR"),
                                Money.of(1990, "EUR"),
                                12L,
                                "https://c.example/v1.jpg",
                                240L),
                        new SupplierVariant(
                                "v2",
                                "v2",
                                Map.of("Color", "Sand", "Size", "M", "Lace", "Yes"),
                                Money.of(1000, "EUR"),
                                null,
                                0L,
                                null,
                                null));
        assertThat(product.attributes()).isEqualTo(Map.of("supplier", "Nordic", "material", "Linen"));
        assertThat(product.losses()).extracting(Loss::field, Loss::what).containsExactly(tuple("material", "changed"));
        assertThat(product.fetchedAt()).isEqualTo(NOW);
    }

    @Test
    void shouldReadAFileThatASpreadsheetSaved() throws IOException {
        write("excel.csv", "\uFEFFProduct_ID;TITLE;Cost;Currency\r\n7;Café & Co;3.5;USD\r\n\r\n");
        SupplierProduct product = product("excel_7");
        assertThat(product.title()).isEqualTo("Café & Co");
        assertThat(product.url()).hasToString("https://supplier-csv.invalid/excel_7");
        assertThat(product.variants()).singleElement().satisfies(variant -> {
            assertThat(variant.externalId()).isEqualTo("7");
            assertThat(variant.options()).isEmpty();
            assertThat(variant.stock()).isNull();
        });
    }

    @Test
    void shouldTakeADefaultTitleForNoOption() throws IOException {
        write("s.csv", HEAD + "\n1,Mug,Title,Default Title,v,3,USD\n");
        assertThat(product("s_1").axes()).isEmpty();
    }

    @Test
    void shouldFindRowsOfAProductThatDoNotStandTogether() throws IOException {
        write("s.csv", HEAD + "\n1,Mug,Color,Red,a,3,USD\n2,Cup,,,,2,USD\n1,,,Blue,b,4,USD\n");
        assertThat(product("s_1").variants())
                .extracting(SupplierVariant::externalId)
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,,Color,Red,a,3,USD                             | s.csv line 2, column title: must not be empty",
                "1,Mug,Color,Red,a,,USD                           | s.csv line 2, column cost: must not be empty",
                "1,Mug,Color,Red,a,0.00,USD                       | s.csv line 2, column cost: must be more than nothing",
                "1,Mug,Color,Red,a,$3,USD                         | s.csv line 2, column cost: must be a number like 12.50, is '$3'",
                "1,Mug,Color,Red,a,-3,USD                         | s.csv line 2, column cost: must be a number",
                "1,Mug,Color,Red,a,3,Dollar                       | s.csv line 2, column currency: has 6 characters",
                "1,Mug,Color,Red,a,3,                             | s.csv line 2, column currency: must not be empty",
                "1,Mug,Color,Red,a,3,XQQ                          | s.csv line 2, column currency: must be three letters",
                "1,Mug,Color,,a,3,USD                             | s.csv line 2, column option1_value: must not be empty",
                "1,Mug,,Red,a,3,USD                               | s.csv line 2, column option1_value: has no option1_name",
                "1,Mug,Color,Red,a,3,USD,more                     | s.csv line 2: has 8 cells for 7 columns",
                "1,Mug,Color,Red,,3,USD~1,,,Blue,b,3,USD          | s.csv line 2, column variant_id: must not be empty",
                "1,Mug,Color,Red,a,3,USD~1,,,Blue,a,3,USD         | s.csv line 3, column variant_id: is that of line 2",
                "1,Mug,Color,Red,a,3,USD~1,,,Red,b,3,USD          | s.csv line 3, column option1_value: the variant has the options of line 2",
                "1,Mug,Color,Red,a,3,USD~1,,Size,Red,b,3,USD      | s.csv line 3, column option1_name: is 'Size', and 'Color'",
                "1,Mug,Color,Red,a,3,USD~1,,,Blue,b,3,EUR         | s.csv line 3, column currency: differs from that of line 2",
                "1,Mug,,,a,3,USD~1,,,,b,3,USD                     | s.csv line 3, column option1_name: the variant has the options"
            })
    void shouldNameLineAndColumn(String rows, String message) throws IOException {
        write("s.csv", HEAD + "\n" + rows.strip().replace("~", "\n") + "\n");
        VendorException refusal = refusal("s_1");
        assertThat(refusal.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(refusal).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image_urls    | ftp://c.example/1.jpg   | must be a whole address",
                "variant_image | //c.example/1.jpg       | must be a whole address",
                "product_url   | javascript:alert(1)     | must be a whole address",
                "product_url   | https://x.example/[     | is no address",
                "stock         | 1.5                     | must be a whole number",
                "stock         | many                    | must be a number",
                "weight_g      | 1kg                     | must be a number",
                "list_price    | 9,90                    | must be a number"
            })
    void shouldNameTheCellThatIsWrong(String column, String value, String message) throws IOException {
        write("s.csv", "product_id;title;cost;currency;" + column + "\n1;Mug;3;USD;" + value + "\n");
        assertThat(refusal("s_1")).hasMessageContaining("s.csv line 2, column " + column + ": " + message);
    }

    @Test
    void shouldCountLinesInsideQuotes() throws IOException {
        write("s.csv", HEAD + "\n2,\"a\nb\nc\",,,,2,USD\n1,Mug,,,,no,USD\n");
        assertThat(refusal("s_1")).hasMessageContaining("s.csv line 5, column cost");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                   | is empty",
                "product_id,title,cost                | line 1: lacks column currency, it has [product_id, title, cost]",
                "product_id,title,cost,currency,Title | line 1: has column title twice"
            })
    void shouldSayWhatTheFirstRowLacks(String head, String message) throws IOException {
        write("s.csv", head);
        assertThat(refusal("s_1")).hasMessageContaining(message);
    }

    @Test
    void shouldNotTakeAnotherEncodingForText() throws IOException {
        write("s.csv", HEAD + "\n1,Café,,,,3,USD\n", StandardCharsets.ISO_8859_1);
        assertThat(refusal("s_1")).hasMessageContaining("is not UTF-8");
    }

    @Test
    void shouldNotReadAQuoteThatIsNeverClosedToTheEnd() throws IOException {
        write("s.csv", HEAD + "\n1,\"Mug,,,,3,USD\n" + "x".repeat(1_200_000));
        assertThat(refusal("s_1")).hasMessageContaining("s.csv after line 1: cannot be read, look for a quote");
    }

    @Test
    void shouldTellAGoneProductFromAMissingFile() throws IOException {
        write("s.csv", HEAD + "\n");
        assertThat(refusal("s_1").kind()).isEqualTo(ErrorKind.GONE);
        VendorException missing = refusal("t_1");
        assertThat(missing.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(missing.code()).isEqualTo("no-file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "s_", "_1", "../s_1", "S_1", "s_1/2", "s_a b"})
    void shouldNotLookForAFileByAWildName(String id) {
        assertThat(refusal(id).code()).isEqualTo("no-id");
    }

    @Test
    void shouldSearchTitlesOverAllFilesAndTellBadRows() throws IOException {
        write(
                "a.csv",
                HEAD
                        + ",image_urls\n1,Red Mug,C,X,a,3,USD,https://c.example/1.jpg\n1,,C,Y,b,5,USD,\n2,Red Cup,,,,no,USD,\n"
                        + "3,,,,,3,USD,\nbad id,Mug red,,,,3,USD,\n4,Blue Mug,,,,3,USD,\n");
        write("b.csv", HEAD + "\n1,Mug (red),,,,4,EUR\n");
        write("Bad Name.csv", HEAD + "\n1,Red Mug,,,,4,EUR\n");
        SupplierPage page = supplier.search(Map.of("q", " RED  mug "));
        assertThat(page.hits())
                .extracting(SupplierHit::externalId, SupplierHit::from, SupplierHit::to, SupplierHit::image)
                .containsExactly(
                        tuple("a_1", Money.of(300, "USD"), Money.of(500, "USD"), "https://c.example/1.jpg"),
                        tuple("b_1", Money.of(400, "EUR"), Money.of(400, "EUR"), null));
        assertThat(page.total()).isEqualTo(2);
        assertThat(page.next()).isNull();
        assertThat(page.losses())
                .extracting(Loss::field)
                .containsExactly("Bad Name.csv", "a.csv line 5, column title", "a.csv line 6, column product_id");
    }

    @Test
    void shouldGiveAnEmptyPageWhereThereIsNoFolder() throws IOException {
        Files.delete(folder);
        assertThat(supplier.search(Map.of("q", "mug")).hits()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"q,''", "page,-1", "page,x", "size,0"})
    void shouldRefuseAQuestionThatMakesNoSense(String field, String value) {
        Map<String, Object> ask = new java.util.HashMap<>(Map.of("q", "mug"));
        ask.put(field, value);
        assertThatThrownBy(() -> supplier.search(ask)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | US | 1 | Own 2.00",
                "1 | DE | 1 | ",
                "2 | US | 1 | Standard 3.90,Express 12.00",
                "2 | US | 3 | Standard 5.90,Express 36.00",
                "2 | DE | 2 | Rest 18.00"
            })
    void shouldPriceFreightByTheFileBesideIt(String id, String country, int quantity, String expected)
            throws IOException {
        write("s.csv", HEAD + "\n1,Mug,,,,3,USD\n2,Cup,,,,3,USD\n");
        write("s.freight.csv", """
                ship_to,service,cost,cost_more,currency,product_id,min_days,max_days,ships_from,tracked
                US,Standard,3.90,1,USD,,5,9,CN,yes
                US,Express,12,,USD,,,,,no
                *,Rest,9,,USD,,,,,
                US,Own,2,,USD,1,,,,
                """);
        List<ShippingOption> options = freight(id, country, quantity);
        assertThat(options.stream()
                        .map(option -> option.service() + " " + option.cost().major()))
                .containsExactlyElementsOf(expected == null ? List.of() : List.of(expected.split(",")));
        if (Objects.equals(expected, "Standard 3.90,Express 12.00")) {
            assertThat(options.get(0))
                    .isEqualTo(new ShippingOption("Standard", Money.of(390, "USD"), 5, 9, "CN", true));
        }
    }

    @Test
    void shouldNotSayThatNothingIsSentWhereNobodyKnows() throws IOException {
        write("s.csv", HEAD + "\n1,Mug,,,,3,USD\n");
        VendorException refusal = catchThrowableOfType(VendorException.class, () -> freight("1", "US", 1));
        assertThat(refusal.code()).isEqualTo("no-freight-file");
    }

    @Test
    void shouldNotPriceTheFreightOfAVariantThatIsNotThere() throws IOException {
        write("s.csv", HEAD + "\n1,Mug,,,,3,USD\n");
        VendorException refusal = catchThrowableOfType(
                VendorException.class,
                () -> supplier.freight(Map.of("product_id", "s_1", "variant_id", "9", "ship_to", "US")));
        assertThat(refusal.kind()).isEqualTo(ErrorKind.GONE);
    }

    @Test
    void shouldCheckAllFilesAtOnce() throws IOException {
        write("a.csv", HEAD + "\n1,Mug,,,,3,USD\n2,Cup,,,,4,USD\n");
        assertThat(supplier.check()).isEqualTo(Map.of("a.csv", 2));
        write("b.csv", HEAD + "\n1,Mug,,,,free,USD\n2,,,,,4,USD\n");
        write("c.csv", "title\n");
        assertThatThrownBy(() -> supplier.check())
                .isInstanceOf(VendorException.class)
                .hasMessageContaining("b.csv line 2, column cost")
                .hasMessageContaining("b.csv line 3, column title")
                .hasMessageContaining("c.csv line 1: lacks column");
    }

    @Test
    void shouldSayThatThereIsNoFile() {
        assertThatThrownBy(() -> supplier.check()).hasMessageContaining("there is no CSV file in the folder");
    }

    private SupplierProduct product(String id) {
        return supplier.product(Map.of("product_id", id));
    }

    private VendorException refusal(String id) {
        VendorException refusal = catchThrowableOfType(VendorException.class, () -> product(id));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private List<ShippingOption> freight(String id, String country, int quantity) {
        return supplier.freight(
                Map.of("product_id", "s_" + id, "variant_id", id, "ship_to", country, "quantity", quantity));
    }

    private void write(String name, String text) throws IOException {
        write(name, text, StandardCharsets.UTF_8);
    }

    private void write(String name, String text, Charset charset) throws IOException {
        Files.write(folder.resolve(name), text.getBytes(charset));
    }
}

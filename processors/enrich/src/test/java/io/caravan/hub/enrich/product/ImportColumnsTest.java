package io.caravan.hub.enrich.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportColumnsTest {

    @Test
    void shouldReadRowsAsACsvLibrarySplitsThem() {
        List<ImportLine> lines = read("\uFEFFTags,Source_URL , markup_percent\r\n"
                + "\"cat; mug, Cat\",https://www.aliexpress.com/item/1.html,150\r\n"
                + ",https://cjdropshipping.com/p/2.html?x=1&y=2,\n"
                + "a|b,https://example.com/3,12.5%\n");

        assertThat(lines)
                .extracting(ImportLine::row)
                .containsExactly(
                        new ImportRow(
                                "https://www.aliexpress.com/item/1.html", new BigDecimal("150"), List.of("cat", "mug")),
                        new ImportRow("https://cjdropshipping.com/p/2.html?x=1&y=2", null, List.of()),
                        new ImportRow("https://example.com/3", new BigDecimal("12.5"), List.of("a", "b")));
        assertThat(lines).extracting(ImportLine::line).containsExactly(2L, 3L, 4L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "''! line 2, source_url: is empty; write the product's address, https://...",
                "ftp://x/y! line 2, source_url: is \"ftp://x/y\", no http or https address; write the product's address, https://...",
                "javascript:alert(1)! line 2, source_url: is \"javascript:alert(1)\", no http or https address; write the product's address, https://...",
                "https://a@b/! line 2, source_url: is \"https://a@b/\", no http or https address; write the product's address, https://...",
                "https://a/,abc! line 2, markup_percent: is \"abc\"; write a number from 0 to 10000 or nothing",
                "https://a/,-5! line 2, markup_percent: is \"-5\"; write a number from 0 to 10000 or nothing",
                "https://a/,1e9! line 2, markup_percent: is \"1e9\"; write a number from 0 to 10000 or nothing",
                "https://a/,%! line 2, markup_percent: is \"%\"; write a number from 0 to 10000 or nothing",
                "https://a/,10001! line 2, markup_percent: is \"10001\"; write a number from 0 to 10000 or nothing",
                "https://a/,1,x,y! line 2, line: has 4 fields, the first line has 3; put fields with commas in double quotes",
            })
    void shouldNameLineAndColumnOfAFault(String row, String text) {
        ImportLine line = read("source_url,markup_percent,tags\n" + (row.isEmpty() ? ",," : row) + "\n")
                .get(0);

        assertThat(line.row()).isNull();
        assertThat(line.text()).isEqualTo(text);
    }

    @Test
    void shouldNameAllFaultsOfALineAtOnce() {
        ImportLine line = read("source_url,markup_percent,tags\nx,y," + "t;".repeat(1) + "\n")
                .get(0);

        assertThat(line.faults()).extracting(fault -> fault.field()).containsExactly("source_url", "markup_percent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"url,tags", "tags", "source_url,source_url", "source_url,price", ""})
    void shouldRefuseAHeaderThatItDoesNotKnow(String header) {
        assertThatThrownBy(() -> ImportColumns.of(List.of(header.split(","))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 1: the column");
    }

    @Test
    void shouldTakeAFileWithAddressesAlone() {
        assertThat(read("source_url\nhttps://a/1\n").get(0).row())
                .isEqualTo(new ImportRow("https://a/1", null, List.of()));
    }

    private static List<ImportLine> read(String csv) {
        List<ImportLine> lines = new ArrayList<>();
        ImportColumns columns = null;
        for (CsvRecord each : CsvReader.builder().ofCsvRecord(csv)) {
            if (columns == null) {
                columns = ImportColumns.of(each.getFields());
            } else {
                lines.add(columns.line(each.getStartingLineNumber(), each.getFields()));
            }
        }
        return lines;
    }
}

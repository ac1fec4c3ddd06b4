package io.caravan.hub.enrich.product;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeCsvTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1+cmd|' /C calc'!A0",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "  =1",
                "\u00A0=1",
                "＝1",
                "＋1",
                "＠x",
                "－1"
            })
    void shouldDisarmWhatASpreadsheetTakesForAFormula(String cell) {
        assertThat(read(SafeCsv.line(List.of(cell, "x")))).containsExactly("'" + cell, "x");
    }

    @Test
    void shouldKeepNumbersNumbersAndNullsEmpty() {
        assertThat(SafeCsv.line(Arrays.asList(-5, null, new java.math.BigDecimal("-1.50"), "-5", "a\"b", "a,b")))
                .isEqualTo("-5,,-1.50,'-5,\"a\"\"b\",\"a,b\"\r\n");
    }

    @Property
    void shouldBeReadBackAsItWasWrittenButForTheApostrophe(@ForAll List<String> cells) {
        List<String> all = new ArrayList<>(cells);
        all.add("end");
        List<String> back = read(SafeCsv.line(all));

        assertThat(back).hasSameSizeAs(all);
        for (int i = 0; i < all.size(); i++) {
            assertThat(back.get(i)).isIn(all.get(i), "'" + all.get(i));
            assertThat(back.get(i)).doesNotMatch("(?s)^[ \u00A0\0]*[=+@\t\r\n-].*");
        }
    }

    private static List<String> read(String line) {
        List<CsvRecord> records = CsvReader.builder().ofCsvRecord(line).stream().toList();
        assertThat(records).hasSize(1);
        return records.get(0).getFields();
    }
}

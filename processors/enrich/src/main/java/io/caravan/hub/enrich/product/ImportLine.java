package io.caravan.hub.enrich.product;

import io.caravan.hub.enrich.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one line of a CSV file.
 *
 * @param line where it begins in the file, the first is 1
 * @param row null when there are faults
 * @param faults field is the column's name
 */
public record ImportLine(long line, @Nullable ImportRow row, List<Fault> faults) {

    public ImportLine {
        faults = List.copyOf(faults);
    }

    /** "line 7, markup_percent: is abc; write a number from 0 to 10000 or nothing": all faults, "" when there are none. */
    public String text() {
        return String.join(
                " | ",
                faults.stream()
                        .map(fault -> "line " + line + ", " + fault.field() + ": " + fault.what() + "; " + fault.hint())
                        .toList());
    }
}

package io.caravan.hub.connectors.suppliercsv;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Streams a file row by row: UTF-8 (a byte order mark is taken off), names of columns in the first row, in any order and
 * case. Cells are parted by what parts the names: comma, semicolon or tab.
 */
final class CsvTable {

    private static final int LARGEST_ROW = 1_000_000;
    private static final String MARK = "\uFEFF";

    private CsvTable() {}

    /**
     * @param needed columns without which the file is none
     * @throws CsvFault naming file and line; what the consumer throws passes
     */
    static void read(Path path, Set<String> needed, Consumer<CsvRow> rows) {
        String file = String.valueOf(path.getFileName());
        long line = 1;
        try (CsvReader<CsvRecord> reader = open(path)) {
            List<String> columns = List.of();
            for (CsvRecord cells : reader) {
                line = cells.getStartingLineNumber();
                if (columns.isEmpty()) {
                    columns = columns(file, cells, needed);
                } else {
                    rows.accept(row(file, columns, cells));
                }
            }
            if (columns.isEmpty()) {
                throw new CsvFault(file, "is empty, its first row has to name the columns");
            }
        } catch (CsvParseException e) {
            throw new CsvFault(file + " after line " + line, "cannot be read, look for a quote that is not closed");
        } catch (UncheckedIOException e) {
            throw unreadable(file, line, e.getCause());
        } catch (IOException e) {
            throw unreadable(file, line, e);
        }
    }

    private static CsvFault unreadable(String file, long line, @Nullable IOException cause) {
        return cause instanceof CharacterCodingException
                ? new CsvFault(file + " after line " + line, "is not UTF-8, save it as \"CSV UTF-8\"")
                : new CsvFault(
                        file,
                        "cannot be read"
                                + (cause == null ? "" : ": " + cause.getClass().getSimpleName()));
    }

    private static CsvReader<CsvRecord> open(Path path) throws IOException {
        char separator;
        try (BufferedReader reader = new BufferedReader(decoded(path))) {
            String first = reader.readLine();
            separator = separator(first == null ? "" : first);
        }
        return CsvReader.builder()
                .fieldSeparator(separator)
                .commentStrategy(CommentStrategy.NONE)
                .skipEmptyLines(true)
                .ignoreDifferentFieldCount(true)
                .maxBufferSize(LARGEST_ROW)
                .ofCsvRecord(decoded(path));
    }

    /** A byte that is no UTF-8 is an error and not a question mark. */
    private static Reader decoded(Path path) throws IOException {
        return new InputStreamReader(
                Files.newInputStream(path),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static char separator(String names) {
        return names.indexOf(',') >= 0 ? ',' : names.indexOf(';') >= 0 ? ';' : names.indexOf('\t') >= 0 ? '\t' : ',';
    }

    private static List<String> columns(String file, CsvRecord cells, Set<String> needed) {
        List<String> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String cell : cells.getFields()) {
            String name = cell.replace(MARK, "").strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && !seen.add(name)) {
                throw new CsvFault(file + " line 1", "has column " + name + " twice");
            }
            columns.add(name);
        }
        for (String name : needed) {
            if (!seen.contains(name)) {
                throw new CsvFault(file + " line 1", "lacks column " + name + ", it has " + columns);
            }
        }
        return columns;
    }

    private static CsvRow row(String file, List<String> columns, CsvRecord cells) {
        if (cells.getFieldCount() > columns.size()) {
            throw new CsvFault(
                    file + " line " + cells.getStartingLineNumber(),
                    "has " + cells.getFieldCount() + " cells for " + columns.size()
                            + " columns, put quotes around text that holds the separator");
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < cells.getFieldCount(); i++) {
            if (!columns.get(i).isEmpty()) {
                values.put(columns.get(i), cells.getField(i).strip());
            }
        }
        return new CsvRow(file, cells.getStartingLineNumber(), values);
    }
}

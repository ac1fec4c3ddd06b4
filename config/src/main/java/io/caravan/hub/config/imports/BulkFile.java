package io.caravan.hub.config.imports;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.caravan.hub.enrich.product.ImportColumns;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** A CSV file of products to import, cut into chunks that are small enough to be read again and again. */
final class BulkFile {

    static final int ROWS_PER_CHUNK = 1_000;

    private static final int MOST_ROWS = 100_000;
    private static final int LARGEST_ROW = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private BulkFile() {}

    /** @param line where the row begins in the file, the first line is 1 */
    record Line(long line, List<String> fields) {}

    /** @param header fields of the file's first line */
    record Chunk(List<String> header, List<Line> lines) {

        static Chunk of(byte[] json) {
            try {
                return JSON.readValue(json, Chunk.class);
            } catch (IOException e) {
                throw new IllegalArgumentException("the stored rows cannot be read", e);
            }
        }

        private byte[] json() {
            try {
                return JSON.writeValueAsBytes(this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Reads a file once from front to back.
     *
     * @param chunks takes each chunk as it is to be stored
     * @return rows of the file
     * @throws IllegalArgumentException when it is no such file as a whole; a wrong row is not looked for here
     */
    static int cut(byte[] csv, Consumer<byte[]> chunks) {
        long line = 1;
        try (Reader text = utf8(csv);
                CsvReader<CsvRecord> reader = reader(csv).ofCsvRecord(text)) {
            Iterator<CsvRecord> records = reader.iterator();
            if (!records.hasNext()) {
                throw new IllegalArgumentException(
                        "the file is empty; its first line names the columns " + ImportColumns.NAMES);
            }
            List<String> header = List.copyOf(records.next().getFields());
            ImportColumns.of(header);
            int rows = 0;
            List<Line> lines = new ArrayList<>();
            while (records.hasNext()) {
                CsvRecord next = records.next();
                line = next.getStartingLineNumber();
                if (++rows > MOST_ROWS) {
                    throw new IllegalArgumentException(
                            "line " + line + ": a file has at most " + MOST_ROWS + " rows; cut it in two");
                }
                lines.add(new Line(line, List.copyOf(next.getFields())));
                if (lines.size() == ROWS_PER_CHUNK) {
                    chunks.accept(new Chunk(header, lines).json());
                    lines = new ArrayList<>();
                }
            }
            if (rows == 0) {
                throw new IllegalArgumentException("the file has no rows below the names of its columns");
            }
            if (!lines.isEmpty()) {
                chunks.accept(new Chunk(header, lines).json());
            }
            return rows;
        } catch (CsvParseException e) {
            throw new IllegalArgumentException(
                    "after line " + line + ": is no CSV, look for a quote without its end", e);
        } catch (CharacterCodingException e) {
            throw notText(line, e);
        } catch (UncheckedIOException e) {
            throw notText(line, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IllegalArgumentException notText(long line, Exception cause) {
        return new IllegalArgumentException("after line " + line + ": is not UTF-8, save it as \"CSV UTF-8\"", cause);
    }

    private static CsvReader.CsvReaderBuilder reader(byte[] csv) {
        return CsvReader.builder()
                .fieldSeparator(separator(csv))
                .commentStrategy(CommentStrategy.NONE)
                .skipEmptyLines(true)
                .ignoreDifferentFieldCount(true)
                .maxBufferSize(LARGEST_ROW);
    }

    /** Spreadsheets of some countries write semicolons. */
    private static char separator(byte[] csv) {
        for (byte each : csv) {
            if (each == ',' || each == ';' || each == '\t') {
                return (char) each;
            }
            if (each == '\n') {
                break;
            }
        }
        return ',';
    }

    /** A byte that is no UTF-8 is an error and not a question mark. */
    private static Reader utf8(byte[] csv) {
        return new InputStreamReader(
                new ByteArrayInputStream(csv),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }
}

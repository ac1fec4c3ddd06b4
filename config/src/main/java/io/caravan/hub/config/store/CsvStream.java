package io.caravan.hub.config.store;

import io.caravan.hub.enrich.product.SafeCsv;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * CSV that is read from the database page by page while it is sent, so that a file of any length needs no memory.
 */
final class CsvStream extends OneWayStream {

    /** Pages of rows. */
    @FunctionalInterface
    interface Pages {
        /** @param cursor null for the first page; out: {@code items} and {@code next} as lists of the API have them */
        Map<String, Object> after(@Nullable String cursor);
    }

    /** The cells of an item. */
    @FunctionalInterface
    interface Cells {
        List<? extends @Nullable Object> of(Map<?, ?> item);
    }

    private final Pages pages;
    private final Cells cells;
    private ByteArrayInputStream now;
    private @Nullable String next;

    /** Reads the first page at once: what fails then can still be answered as a problem. */
    CsvStream(List<String> columns, @Nullable String cursor, Pages pages, Cells cells) {
        this.pages = pages;
        this.cells = cells;
        this.now = page(SafeCsv.line(columns), cursor);
    }

    private ByteArrayInputStream page(String before, @Nullable String cursor) {
        Map<String, Object> page = pages.after(cursor);
        StringBuilder text = new StringBuilder(before);
        if (page.get("items") instanceof List<?> items) {
            items.forEach(item -> text.append(SafeCsv.line(cells.of((Map<?, ?>) item))));
        }
        Object more = page.get("next");
        next = more == null ? null : more.toString();
        return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Makes it the answer, a file of this name. */
    void answer(Exchange exchange, String file) {
        Message message = exchange.getMessage();
        message.setBody(this);
        message.setHeader(Exchange.CONTENT_TYPE, "text/csv; charset=utf-8");
        message.setHeader("Content-Disposition", "attachment; filename=\"" + file + "\"");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        while (true) {
            int read = now.read(buffer, offset, length);
            if (read > 0) {
                return read;
            }
            if (next == null) {
                return -1;
            }
            now = page("", next);
        }
    }
}

package io.caravan.hub.config.imports;

import io.caravan.hub.config.store.ImportBatches;
import io.caravan.hub.config.store.ImportBatches.Row;
import io.caravan.hub.config.store.ImportQuota;
import io.caravan.hub.config.store.Imports;
import io.caravan.hub.config.web.Refusal;
import io.caravan.hub.model.AccountId;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Rows of a batch that are worked off in one transaction: each opens its import or says why it does not. */
final class BatchSlice {

    private static final int LONGEST_URL = 2_000;
    private static final int LONGEST_REASON = 2_000;

    private final Imports imports;
    private final ImportBatches batches;
    private final AccountId account;
    private final String batch;
    private final ImportQuota.Room room;
    private final long began;
    private final Map<String, Long> seen = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<Map<String, Object>> opened = new ArrayList<>();

    BatchSlice(
            Imports imports,
            ImportBatches batches,
            AccountId account,
            String batch,
            ImportQuota.Room room,
            long began) {
        this.imports = imports;
        this.batches = batches;
        this.account = account;
        this.batch = batch;
        this.room = room;
        this.began = began;
    }

    List<Row> rows() {
        return rows;
    }

    /** Payloads of {@code import.fetch}. */
    List<Map<String, Object>> opened() {
        return opened;
    }

    void refuse(long line, String url, String reason) {
        add(line, url, "refused", null, reason);
    }

    /** @param wanted throws what is wrong with the row as an {@link IllegalArgumentException} */
    void take(long line, String url, Supplier<Imports.Order> wanted) {
        Imports.Order order;
        try {
            order = wanted.get();
        } catch (IllegalArgumentException e) {
            refuse(line, url, "line " + line + ", " + e.getMessage());
            return;
        }
        String id = order.id(account);
        Long before = seen.putIfAbsent(id, line);
        if (before == null) {
            before = batches.lineOf(account, batch, id).orElse(null);
        }
        if (before != null) {
            add(line, url, "skipped", id, "the same product as in line " + before);
            return;
        }
        try {
            opened.add(imports.open(account, order, room, began));
            add(line, url, "accepted", id, "");
        } catch (ConcurrentModificationException e) {
            add(line, url, "skipped", id, String.valueOf(e.getMessage()));
        } catch (Refusal e) {
            // it did not come in, so that a further row with it is no repetition
            seen.remove(id);
            add(line, url, "refused", null, String.valueOf(e.getMessage()));
        }
    }

    private void add(long line, String url, String outcome, @Nullable String id, String reason) {
        rows.add(new Row(line, cut(url, LONGEST_URL), outcome, id, cut(reason, LONGEST_REASON)));
    }

    private static String cut(String text, int most) {
        String clean = text.replace("\0", "");
        return clean.substring(0, Math.min(clean.length(), most));
    }
}

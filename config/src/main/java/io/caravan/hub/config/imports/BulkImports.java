package io.caravan.hub.config.imports;

import io.caravan.hub.config.store.ImportBatches;
import io.caravan.hub.config.store.ImportBatches.Batch;
import io.caravan.hub.config.store.ImportQuota;
import io.caravan.hub.config.store.Imports;
import io.caravan.hub.enrich.product.ImportColumns;
import io.caravan.hub.enrich.product.ImportLine;
import io.caravan.hub.enrich.product.ImportRow;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.port.ObjectStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.language.simple.Simple;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Bean {@code bulkImports}: a file of products, taken in at once and worked off some rows at a time. */
@Component("bulkImports")
public class BulkImports {

    private static final String KIND = "import-rows";

    private final ImportRequests requests;
    private final Imports imports;
    private final ImportBatches batches;
    private final ImportQuota quota;
    private final ObjectStore objects;
    private final int mostWaiting;

    /** @param mostWaiting imports of a batch that may be on their way at a time */
    public BulkImports(
            ImportRequests requests,
            Imports imports,
            ImportBatches batches,
            ImportQuota quota,
            ObjectStore objects,
            @Value("${hub.imports.batch-waiting:500}") int mostWaiting) {
        this.requests = requests;
        this.imports = imports;
        this.batches = batches;
        this.quota = quota;
        this.objects = objects;
        this.mostWaiting = mostWaiting;
    }

    /**
     * Stores the rows of a CSV file.
     *
     * @return payload of {@code import.batch}
     * @throws IllegalArgumentException when the file as a whole cannot be read
     * @throws io.caravan.hub.config.web.Refusal 402 when the account's plan takes no files; what its quota does not hold is
     *     told for each row
     */
    public Map<String, Object> accept(@Variable(Names.ACCOUNT) AccountId account, @Body byte[] csv) {
        quota.room(account).checkWay("bulk");
        String id = Refs.of(account.value(), "import-batch", UUID.randomUUID().toString());
        List<String> chunks = new ArrayList<>();
        int rows = BulkFile.cut(
                csv,
                chunk -> chunks.add(
                        objects.put(account, KIND, "application/json", chunk).sha256()));
        batches.open(account, id, rows, chunks);
        return new LinkedHashMap<>(Map.of("batch_id", id));
    }

    /** 202, and where to ask. */
    public void accepted(Exchange exchange, @Variable(Names.JOB) String job, @Body Map<String, Object> payload) {
        String id = String.valueOf(payload.get("batch_id"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", id);
        answer.put("status", "pending");
        answer.put("job_id", job);
        answer.put("location", "/api/v1/imports/batches/" + id);
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
        message.setHeader("Location", "/api/v1/jobs/" + job);
        message.setBody(answer);
    }

    /**
     * Opens the imports of the rows that come next, as many as may still wait, and keeps each row's result.
     *
     * <p>Sets the variables {@code batch} (payload of the next item), {@code more} (whether rows are left and the next of
     * them may follow at once) and {@code later} (they are left but too many imports wait).
     *
     * @return payloads of {@code import.fetch}
     */
    public List<Map<String, Object>> next(
            @Variable(Names.ACCOUNT) AccountId account,
            @Body Map<String, Object> payload,
            @Simple("${exchange.clock.created}") long began,
            Exchange exchange) {
        Batch batch = batches.batch(account, payload);
        exchange.setVariable("batch", Map.of("batch_id", batch.id()));
        exchange.setVariable("more", false);
        exchange.setVariable("later", false);
        if (batch.read() >= batch.total()) {
            return List.of();
        }
        BulkFile.Chunk chunk = BulkFile.Chunk.of(
                objects.get(account, KIND, batch.chunks().get(batch.read() / BulkFile.ROWS_PER_CHUNK)));
        int from = batch.read() % BulkFile.ROWS_PER_CHUNK;
        int room = mostWaiting - batches.waiting(account, batch.id());
        if (room < Math.max(1, mostWaiting / 2)) {
            exchange.setVariable("later", true);
            return List.of();
        }
        ImportColumns columns = ImportColumns.of(chunk.header());
        BatchSlice slice = new BatchSlice(imports, batches, account, batch.id(), quota.room(account), began);
        List<BulkFile.Line> lines = chunk.lines();
        for (int i = from; i < lines.size() && slice.opened().size() < room; i++) {
            take(slice, account, batch.id(), columns, lines.get(i));
        }
        batches.advance(account, batch, slice.rows());
        exchange.setVariable("more", batch.read() + slice.rows().size() < batch.total());
        return slice.opened();
    }

    private void take(BatchSlice slice, AccountId account, String batch, ImportColumns columns, BulkFile.Line raw) {
        ImportLine line = columns.line(raw.line(), raw.fields());
        ImportRow row = line.row();
        if (row == null) {
            slice.refuse(raw.line(), columns.sourceUrl(raw.fields()), line.text());
        } else {
            slice.take(raw.line(), row.sourceUrl(), () -> requests.order(account, request(row), "bulk", batch));
        }
    }

    private static Map<String, Object> request(ImportRow row) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("source_url", row.sourceUrl());
        if (row.shop() != null) {
            request.put("shop", row.shop());
        }
        if (row.markupPercent() != null) {
            request.put("markup_percent", row.markupPercent());
        }
        if (!row.tags().isEmpty()) {
            request.put("tags", row.tags());
        }
        return request;
    }
}

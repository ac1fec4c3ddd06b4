package io.caravan.hub.connectors.delivery.work;

import io.caravan.hub.connectors.delivery.db.Ids;
import io.caravan.hub.connectors.delivery.db.Json;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Checks;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A work item to be inserted. Its id is made here, so that it is known before the transaction commits.
 *
 * @param aggregate what it is about; together with the account it is the lane, which keeps order
 * @param payload JSON object
 * @param causeId the item that makes this one
 */
public record NewWork(
        String id,
        AccountId account,
        String type,
        String aggregate,
        String payload,
        @Nullable String traceId,
        @Nullable String jobId,
        @Nullable String causeId,
        Duration dueIn,
        int generation) {

    public NewWork {
        Checks.text("aggregate", aggregate, 200);
        Checks.text("work type", type, 100);
    }

    public static NewWork of(AccountId account, String type, String aggregate, Map<String, ?> payload) {
        return ofJson(account, type, aggregate, Json.write(payload));
    }

    public static NewWork ofJson(AccountId account, String type, String aggregate, String payload) {
        return new NewWork(Ids.next(), account, type, aggregate, payload, null, null, null, Duration.ZERO, 0);
    }

    public NewWork withTrace(@Nullable String value) {
        return new NewWork(id, account, type, aggregate, payload, value, jobId, causeId, dueIn, generation);
    }

    public NewWork withJob(@Nullable String value) {
        return new NewWork(id, account, type, aggregate, payload, traceId, value, causeId, dueIn, generation);
    }

    public NewWork withCause(@Nullable String value) {
        return new NewWork(id, account, type, aggregate, payload, traceId, jobId, value, dueIn, generation);
    }

    public NewWork withDueIn(Duration value) {
        return new NewWork(id, account, type, aggregate, payload, traceId, jobId, causeId, value, generation);
    }

    public NewWork withGeneration(int value) {
        return new NewWork(id, account, type, aggregate, payload, traceId, jobId, causeId, dueIn, value);
    }
}

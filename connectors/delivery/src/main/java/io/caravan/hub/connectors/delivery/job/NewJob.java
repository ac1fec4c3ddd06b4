package io.caravan.hub.connectors.delivery.job;

import io.caravan.hub.connectors.delivery.db.Ids;
import io.caravan.hub.model.AccountId;
import org.jspecify.annotations.Nullable;

/** A job to be opened. Its id is made here, so that it is known before the transaction commits. */
public record NewJob(
        String id,
        AccountId account,
        String kind,
        @Nullable String traceId,
        @Nullable String requestId) {

    public static NewJob of(AccountId account, String kind, @Nullable String traceId, @Nullable String requestId) {
        return new NewJob(Ids.next(), account, kind, traceId, requestId);
    }
}

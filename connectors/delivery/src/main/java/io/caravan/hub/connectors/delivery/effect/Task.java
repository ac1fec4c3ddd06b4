package io.caravan.hub.connectors.delivery.effect;

import io.caravan.hub.connectors.delivery.lane.Lease;
import io.caravan.hub.connectors.delivery.work.WorkItem;
import io.caravan.hub.model.AccountId;

/**
 * One effect that an item wants: what, about what, how far.
 *
 * @param key the business key; with account, operation and generation it is the reference
 * @param request the request object for the Kamelets
 * @param requestHash SHA-256 of the request's JSON
 * @param canLookUp whether the operation has a look-up Kamelet
 */
record Task(
        Traits traits,
        String key,
        Object request,
        String requestHash,
        Until until,
        boolean canLookUp,
        WorkItem item,
        Lease lease) {

    AccountId account() {
        return item.account();
    }

    String vendor() {
        return traits.vendor();
    }

    String operation() {
        return traits.operation();
    }

    /** Whether a create in doubt may simply be sent again, after a back-off. */
    boolean repeatsBlindly() {
        return traits.shape() == Shape.REPEATABLE || (traits.shape() == Shape.IDEMPOTENT && !canLookUp);
    }

    String step(String step) {
        return operation() + "." + step;
    }
}

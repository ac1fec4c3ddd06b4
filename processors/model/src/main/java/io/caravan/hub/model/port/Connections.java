package io.caravan.hub.model.port;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.connection.Connection;

/** Where connections come from. Implementations renew tokens one at a time and store a rotated pair before its use. */
public interface Connections {

    /**
     * The account's connection to the vendor with a token that is good for the next minutes.
     *
     * @throws io.caravan.hub.model.VendorException of kind UNAUTHORISED when there is none or it must be reconnected,
     *     of kind NOT_SENT when its token could not be renewed just now
     */
    Connection use(AccountId account, String vendor);

    /** Whether the account has a usable connection; sources that need none (public feeds) always have. */
    boolean has(AccountId account, String vendor);

    /**
     * Called after the vendor refused the token of {@code stale}: renews once, whoever asks first.
     *
     * @throws io.caravan.hub.model.VendorException of kind UNAUTHORISED when a person has to reconnect
     */
    Connection renewed(Connection stale);
}

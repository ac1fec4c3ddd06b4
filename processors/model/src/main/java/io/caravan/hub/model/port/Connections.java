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

    /** Whether a refused token of the vendor can be renewed without a person. */
    default boolean renews(String vendor) {
        return true;
    }

    /** Notes that the vendor refused a credential that is as new as it can be: it is shown until a call succeeds again. */
    default void refused(Connection connection, String reason) {}

    /** Notes that the vendor took the credential. */
    default void accepted(Connection connection) {}
}

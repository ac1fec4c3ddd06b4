package io.caravan.hub.config.connections;

import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.TokenPair;

/** How a vendor's token is renewed. */
interface TokenRefresh {

    /** False for vendors whose token is static. */
    boolean knows(String vendor);

    /** @throws io.caravan.hub.model.VendorException as the vendor's Kamelet classified it */
    TokenPair refresh(Connection connection);
}

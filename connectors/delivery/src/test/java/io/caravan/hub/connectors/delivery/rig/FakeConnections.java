package io.caravan.hub.connectors.delivery.rig;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.Mode;
import io.caravan.hub.model.port.Connections;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Every account is connected, until told otherwise. */
public final class FakeConnections implements Connections {

    public final AtomicInteger renewals = new AtomicInteger();
    public volatile boolean connected = true;

    @Override
    public Connection use(AccountId account, String vendor) {
        if (!connected) {
            throw new VendorException(ErrorKind.UNAUTHORISED, vendor, "reconnect", 0, "please reconnect", "");
        }
        return new Connection(
                "c1",
                account,
                vendor,
                Mode.SANDBOX,
                URI.create("http://127.0.0.1:1"),
                Map.of("apiToken", "x"),
                Map.of());
    }

    @Override
    public boolean has(AccountId account, String vendor) {
        return connected;
    }

    @Override
    public Connection renewed(Connection stale) {
        renewals.incrementAndGet();
        return use(stale.account(), stale.vendor());
    }
}

package io.caravan.hub.connectors.http;

import io.caravan.hub.connectors.egress.Reply;
import io.caravan.hub.connectors.egress.VendorErrors;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.connection.Connection;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Knows no codes, since each system has its own: the status decides. Failures carry the name of the connection's system. */
public final class HttpErrors extends VendorErrors {

    public HttpErrors() {
        super("http");
    }

    @Override
    protected Optional<Fault> read(Reply reply, @Nullable Object body) {
        return Optional.empty();
    }

    @Override
    protected String vendor(Exchange exchange) {
        Connection connection = exchange.getVariable(Names.CONNECTION, Connection.class);
        return connection == null ? super.vendor(exchange) : connection.vendor();
    }
}

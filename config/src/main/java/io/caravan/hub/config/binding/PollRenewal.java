package io.caravan.hub.config.binding;

import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.port.Connections;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Bean {@code pollRenewal}: before a read is repeated whose credential was refused, drops the token and asks for a new one.
 * The variable {@value #RENEWED} keeps the vendor, so that this happens once for each read.
 */
public class PollRenewal implements Processor {

    static final String RENEWED = "renewed";

    private final Connections connections;

    PollRenewal(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void process(Exchange exchange) {
        Connection stale = exchange.getVariable(Names.CONNECTION, Connection.class);
        exchange.setVariable(RENEWED, stale.vendor());
        try {
            exchange.setVariable(Names.CONNECTION, connections.renewed(stale));
        } catch (VendorException e) {
            // noted at the connection; the repetition tells the same refusal once more, and that is the end of it
            exchange.setVariable(Names.CONNECTION, stale);
        }
    }
}

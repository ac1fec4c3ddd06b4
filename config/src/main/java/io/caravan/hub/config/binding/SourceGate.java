package io.caravan.hub.config.binding;

import io.caravan.hub.connectors.delivery.gate.Gates;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.port.Connections;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** Bean {@code sourceGate}: stands before every read of a source. */
public class SourceGate {

    private final Gates gates;
    private final Connections connections;

    SourceGate(Gates gates, Connections connections) {
        this.gates = gates;
        this.connections = connections;
    }

    /**
     * Counts one call against the source's budget and hands the connection to the Kamelet.
     *
     * @throws VendorException of kind RATE_LIMITED while the gate is closed or the budget used up
     */
    public void admit(@Variable("account") AccountId account, @Variable("source") String source, Exchange exchange) {
        gates.admit(account, source);
        exchange.setVariable(Names.CONNECTION, connections.use(account, source));
    }

    /**
     * Whether a read whose credential was refused may be repeated with a new token: once for each read. Camel asks on a
     * copy of the exchange, so that nothing is done here; {@link PollRenewal} does it.
     */
    public boolean mayRenew(
            @Variable(Names.CONNECTION) @Nullable Connection stale,
            @Variable(PollRenewal.RENEWED) @Nullable String done) {
        return stale != null
                && connections.renews(stale.vendor())
                && !stale.vendor().equals(done);
    }

    /** Notes at the connection that its credential was refused for good. */
    public void refused(
            @Variable(Names.CONNECTION) @Nullable Connection connection,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) @Nullable VendorException refusal) {
        if (connection != null && refusal != null && connection.vendor().equals(refusal.vendor())) {
            connections.refused(connection, String.valueOf(refusal.getMessage()));
        }
    }

    /** Notes at the connection that the source answered. */
    public void accepted(@Variable(Names.CONNECTION) @Nullable Connection connection) {
        if (connection != null) {
            connections.accepted(connection);
        }
    }

    /** Closes the source's gate on every node for as long as the source asked. */
    public void slowDown(
            @Variable("account") AccountId account,
            @Variable("source") String source,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) @Nullable VendorException refusal) {
        // a gate that held us back knows its time; closing it again would move that on with each poll
        if (refusal != null && !refusal.code().equals(Gates.CLOSED)) {
            gates.close(account, source, refusal.retryAfter().orElse(null), refusal.code());
        }
    }
}

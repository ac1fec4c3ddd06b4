package io.caravan.hub.config.binding;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.port.Connections;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** Bean {@code trendSources}: the payloads between a cycle's routes, and whether a source can be asked at all. */
public class TrendSources {

    private final Connections connections;

    TrendSources(Connections connections) {
        this.connections = connections;
    }

    /** Payload of {@code trend.refresh} for the source whose schedule fired. */
    public Map<String, Object> scheduled(@Variable("source") String source) {
        return Map.of("sources", List.of(source));
    }

    /** Sets the variable {@code reason} when the account has no connection to the source, else leaves it unset. */
    public void check(@Variable("account") AccountId account, @Variable("source") String source, Exchange exchange) {
        exchange.removeVariable("reason");
        if (!connections.has(account, source)) {
            exchange.setVariable("reason", "no connection to " + source + "; it stays off until it has credentials");
        }
    }

    /** Payload of {@code trend.merge}. */
    public Map<String, Object> cycle(@Variable("cycleId") String cycleId) {
        return Map.of("cycle_id", cycleId);
    }
}

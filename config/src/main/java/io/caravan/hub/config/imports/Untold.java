package io.caravan.hub.config.imports;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.jspecify.annotations.Nullable;

/** A supplier's failure that a route below caught, told again where the request is answered. */
final class Untold {

    private Untold() {}

    /**
     * The failure, ready to be thrown. Camel remembers on the exchange that an error handler has seen a failure, even when
     * a {@code doCatch} has taken it; the policy of the route above would then let the next one pass unanswered.
     *
     * @param failure null when nobody was asked
     */
    static RuntimeException of(@Nullable RuntimeException failure, Exchange exchange) {
        ExchangeExtension extension = exchange.getExchangeExtension();
        extension.setErrorHandlerHandled(null);
        extension.setRedeliveryExhausted(false);
        extension.setFailureHandled(false);
        return failure == null ? new IllegalStateException("the supplier was not asked") : failure;
    }
}

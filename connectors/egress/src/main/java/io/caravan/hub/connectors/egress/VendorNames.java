package io.caravan.hub.connectors.egress;

import io.caravan.hub.model.Causes;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.connection.Connection;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Names the vendor of a transport failure. The HTTP client knows hosts alone; whose connection it was lies in the
 * exchange, so the step that failed says it, before any error handler sees the failure.
 */
final class VendorNames implements InterceptStrategy {

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, @Nullable Processor nextTarget) {
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                return super.process(exchange, sync -> {
                    name(exchange);
                    callback.done(sync);
                });
            }
        };
    }

    private static void name(Exchange exchange) {
        if (exchange.getException() == null) {
            return;
        }
        TransportException failure = Causes.find(exchange.getException(), TransportException.class);
        Connection connection = exchange.getVariable(Names.CONNECTION, Connection.class);
        if (failure != null && connection != null) {
            exchange.setException(failure.of(connection.vendor()));
        }
    }
}

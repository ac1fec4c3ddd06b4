package io.caravan.hub.routes.proof;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Causes;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSendingEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stands beside every call of the engine to a Kamelet: tells the line whose call it is, leads it astray when that is the
 * cell's fault, measures how long the worker was in it, and looks whether its failure was put into our words.
 */
final class Watch extends EventNotifierSupport {

    private static final long ONE_REQUEST_MS = Times.CONNECT_MS + Times.RESPONSE_MS + Times.GRACE_MS;

    private final Gateway gateway;
    private final Ways ways;
    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();

    Watch(Gateway gateway, Ways ways) {
        this.gateway = gateway;
        this.ways = ways;
        setIgnoreCamelContextEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
    }

    /** Of all calls, the longest in milliseconds. */
    long longest() {
        return longest.get();
    }

    long calls() {
        return calls.get();
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeSendingEvent sending) {
            Line line = line(sending.getExchange(), sending.getEndpoint().getEndpointUri());
            if (line != null) {
                begins(
                        sending.getExchange(),
                        line,
                        name(sending.getExchange(), sending.getEndpoint().getEndpointUri()));
            }
        } else if (event instanceof ExchangeSentEvent sent) {
            Line line = line(sent.getExchange(), sent.getEndpoint().getEndpointUri());
            if (line != null) {
                ends(sent.getExchange(), line, sent.getTimeTaken());
            }
        }
    }

    /** Null when this is no call of the engine. */
    private @Nullable Line line(Exchange exchange, String uri) {
        boolean step = uri.matches("kamelet:(//)?([a-z-]+-(create|lookup|confirm|cancel)|http-effect)-action.*");
        return step && exchange.getVariable(Names.ACCOUNT) instanceof AccountId account
                ? gateway.line(account.value())
                : null;
    }

    /** Without parameters; a step of an own effect by the verb that its file has for it. */
    private static String name(Exchange exchange, String uri) {
        String name = uri.replaceFirst("^kamelet:(//)?", "").replaceFirst("\\?.*$", "");
        return name.equals("http-effect-action")
                ? "http-effect-" + exchange.getVariable(Names.EFFECT_VERB, String.class)
                : name;
    }

    private void begins(Exchange exchange, Line line, String name) {
        VendorFault.Strike strike = line.begins(name);
        if (strike != null && strike.elsewhere() != null) {
            Connection real = exchange.getVariable(Names.CONNECTION, Connection.class);
            URI away = strike.elsewhere().apply(ways);
            exchange.setVariable(
                    Names.CONNECTION,
                    new Connection(
                            real.id(),
                            real.account(),
                            real.vendor(),
                            real.mode(),
                            away,
                            real.secrets(),
                            real.settings()));
        }
    }

    private void ends(Exchange exchange, Line line, long millis) {
        calls.incrementAndGet();
        longest.accumulateAndGet(millis, Math::max);
        long budget = Math.max(1, line.requestsOfCall()) * ONE_REQUEST_MS + Times.OVER.toMillis();
        if (millis > budget) {
            line.trouble("a worker was in one call for " + millis + " ms, its budget is " + budget);
        }
        Exception failure = exchange.getException();
        if (failure != null) {
            VendorException said = Causes.find(failure, VendorException.class);
            if (said == null) {
                line.trouble("a failure that nobody put into our words: " + failure);
            } else {
                line.failed(said);
            }
        }
    }
}

package io.caravan.hub.connectors.delivery.work;

import io.caravan.hub.connectors.delivery.db.Json;
import io.caravan.hub.model.Names;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** Lends a route to the dispatcher: one exchange an item, on the thread that owns the item's lane. */
final class WorkConsumer extends DefaultConsumer implements WorkHandler {

    private final WorkEndpoint endpoint;
    private final Duration giveUp;

    WorkConsumer(WorkEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.giveUp = WorkEndpoint.duration(endpoint.getGiveUp());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        endpoint.engine().register(this);
    }

    @Override
    protected void doStop() throws Exception {
        endpoint.engine().unregister(this);
        super.doStop();
    }

    @Override
    public void handle(WorkItem item) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            exchange.getMessage().setBody(Json.map(item.payload()));
            exchange.setVariable(Names.ACCOUNT, item.account());
            exchange.setVariable(Vars.WORK, item.id());
            exchange.setVariable(Vars.AGGREGATE, item.aggregate());
            exchange.setVariable(Vars.ATTEMPT, item.attempts() + 1);
            exchange.setVariable(Names.TRACE, item.traceId() == null ? item.aggregate() : item.traceId());
            if (item.jobId() != null) {
                exchange.setVariable(Names.JOB, item.jobId());
            }
            createUoW(exchange);
            getProcessor().process(exchange);
            Exception failure = exchange.getException();
            if (failure != null) {
                throw failure;
            }
        } finally {
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }

    @Override
    public String type() {
        return endpoint.getType();
    }

    @Override
    public int concurrency() {
        return endpoint.getConcurrency();
    }

    @Override
    public Duration giveUp() {
        return giveUp;
    }

    @Override
    public int maxAttempts() {
        return endpoint.getMaxAttempts();
    }

    @Override
    public @Nullable String onDead() {
        return endpoint.getOnDead();
    }
}

package io.caravan.hub.connectors.delivery.effect;

import io.caravan.hub.connectors.delivery.lane.Lease;
import io.caravan.hub.connectors.delivery.work.Vars;
import io.caravan.hub.model.Causes;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.FaultPoint;
import io.caravan.hub.model.delivery.SocketGuard;
import io.caravan.hub.model.port.Connections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/** Runs one Kamelet of an effect on this thread, with the account's connection, and looks at how it ended. */
final class VendorCalls {

    private final CamelContext context;
    private final Connections connections;
    private final ProducerTemplate template;
    /** Looking one up by its address takes the address apart each time. */
    private final Map<String, Endpoint> kamelets = new ConcurrentHashMap<>();

    VendorCalls(CamelContext context, Connections connections, ProducerTemplate template) {
        this.context = context;
        this.connections = connections;
        this.template = template;
    }

    /**
     * A token that the vendor refuses is renewed once and the call made again: a 401 says that nothing happened.
     *
     * @param sendBefore on the monotonic clock, after which nothing may be sent although the lease goes on; null for none
     */
    Call call(Task task, String step, String ref, String vendorId, @Nullable Long sendBefore) {
        Connection connection;
        try {
            connection = connections.use(task.account(), task.vendor());
        } catch (RuntimeException e) {
            return new Call(null, e, false, Map.of());
        }
        Call first = run(task, step, ref, vendorId, connection, sendBefore);
        if (!(first.failure() instanceof VendorException e)
                || e.kind() != ErrorKind.UNAUTHORISED
                || e.code().equals(Connection.NOT_CONFIGURED)) {
            return first;
        }
        try {
            connection = connections.renewed(connection);
        } catch (RuntimeException again) {
            // not the call's own failure, and the call did nothing: hand on why there is no token
            return new Call(null, again, false, first.told());
        }
        return run(task, step, ref, vendorId, connection, sendBefore);
    }

    private Call run(
            Task task, String step, String ref, String vendorId, Connection connection, @Nullable Long sendBefore) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(task.request());
        exchange.setVariable(Names.ACCOUNT, task.account());
        exchange.setVariable(Names.CONNECTION, connection);
        exchange.setVariable(Names.REFERENCE, ref);
        exchange.setVariable(Names.VENDOR_ID, vendorId);
        exchange.setVariable(Names.TRACE, task.item().traceId());
        exchange.setVariable(Vars.WORK, task.item().id());
        Map<String, Object> described = task.traits().steps().get(step);
        if (described != null) {
            exchange.setVariable(Names.EFFECT_STEP, described);
            exchange.setVariable(Names.EFFECT_VERB, step);
        }
        Watched guard = new Watched(task.lease(), sendBefore);
        SocketGuard.bind(guard);
        FaultPoint.about(task.traits().effect());
        try {
            template.send(kamelets.computeIfAbsent(address(task.traits(), step), context::getEndpoint), exchange);
        } finally {
            FaultPoint.about(null);
            SocketGuard.bind(task.lease());
        }
        Exception failure = exchange.getException();
        return new Call(
                failure == null ? exchange.getMessage().getBody() : null,
                failure == null ? null : unwrapped(failure),
                guard.asked,
                told(exchange));
    }

    private static String address(Traits traits, String step) {
        String address = "kamelet:" + kamelet(traits, step);
        return traits.through() == null
                ? address
                : address + "?responseTimeout=" + traits.timeout().toMillis();
    }

    static String kamelet(Traits traits, String step) {
        if (traits.through() != null) {
            return traits.through() + "-action";
        }
        return traits.vendor() + "-" + traits.operation() + "-" + step + "-action";
    }

    private static RuntimeException unwrapped(Exception failure) {
        VendorException vendor = Causes.find(failure, VendorException.class);
        if (vendor != null) {
            return vendor;
        }
        return failure instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
    }

    private static Map<String, Long> told(Exchange exchange) {
        Map<String, Long> told = new LinkedHashMap<>();
        if (exchange.getVariable(Vars.LIMITS) instanceof Map<?, ?> limits) {
            limits.forEach((name, value) -> {
                @Nullable Long number = value instanceof Number n ? (Long) n.longValue() : null;
                if (number != null) {
                    told.put(String.valueOf(name), number);
                }
            });
        }
        return told;
    }

    /** Remembers whether a write to a socket was at least asked for. */
    private static final class Watched implements SocketGuard.Guard {
        private final Lease lease;
        private final @Nullable Long sendBefore;
        private boolean asked;

        Watched(Lease lease, @Nullable Long sendBefore) {
            this.lease = lease;
            this.sendBefore = sendBefore;
        }

        @Override
        public long deadlineNanos() {
            asked = true;
            long end = lease.deadlineNanos();
            return sendBefore != null && sendBefore - end < 0 ? sendBefore : end;
        }
    }
}

package io.caravan.hub.connectors.delivery.nth;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.db.Ids;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.rig.Rig;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;

/** What the flows run: each route writes one row when it has done its work, in the transaction that ends it. */
final class Routes extends RouteBuilder {

    /** Items of one unit, more than one batch of the database's. */
    static final int ROWS = 40;

    private final Rig rig;
    private @Nullable DeliveryEngine engine;

    Routes(Rig rig) {
        this.rig = rig;
    }

    void use(DeliveryEngine one) {
        engine = one;
    }

    @Override
    public void configure() {
        from("direct:ask")
                .routeId("ask")
                .policy("accept")
                .to("work:asked?aggregate=${body[key]}&job=refresh")
                .process(exchange -> row("accepted", exchange))
                .process(exchange -> exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 202))
                .setBody(constant(Map.of("accepted", true)))
                .end();
        from("direct:replay")
                .routeId("replay")
                .policy("accept")
                .process(this::replay)
                .setBody(constant(Map.of("replayed", true)))
                .end();
        for (String plain : new String[] {"asked", "next", "sub", "child", "follow", "event", "ticked"}) {
            from("work:" + plain).process(exchange -> row(plain, exchange));
        }
        from("work:plain")
                .process(exchange -> row("plain", exchange))
                .to("work:next?aggregate=${body[key]}")
                .to("outbox:things");
        from("work:bulk").process(exchange -> row("bulk", exchange)).process(this::children);
        from("work:bad?onDead=follow").process(exchange -> {
            if (!"yes".equals(body(exchange).get("good"))) {
                throw new IllegalArgumentException("no good");
            }
            row("bad", exchange);
        });
        from("work:long").process(this::untilRenewed).process(exchange -> row("long", exchange));
        for (String effect : new String[] {"thing", "slot", "paint", "mail"}) {
            from("work:" + effect).to("effect:fake." + effect).process(exchange -> row(effect, exchange));
        }
        from("work:taken-back")
                .to("effect:fake.thing?until=verified")
                .to("effect:fake.thing?until=cancelled")
                .process(exchange -> row("taken-back", exchange));
    }

    private void children(Exchange exchange) {
        String key = key(exchange);
        for (int i = 0; i < ROWS; i++) {
            engine().work().insert(Node.work("child", key + "." + i));
        }
    }

    private void replay(Exchange exchange) {
        engine().deadLetters().replay(Rig.ACCOUNT, String.valueOf(body(exchange).get("dead")), "ann", "it is good now");
    }

    /** Holds its item until the database says that the lease is a longer one. */
    private void untilRenewed(Exchange exchange) {
        String lane = Rig.ACCOUNT.value() + "|" + key(exchange);
        String sql = "SELECT lease_until FROM lane WHERE lane_key = ?";
        String first = rig.text(sql, lane);
        Rig.eventually().until(() -> !rig.text(sql, lane).equals(first));
    }

    private void row(String what, Exchange exchange) {
        String key = key(exchange);
        engine().writes()
                .write(
                        what,
                        connection -> Sql.update(
                                connection,
                                "INSERT INTO audit (id, tenant_id, at, who, action, subject)"
                                        + " VALUES (?, 'acme', CURRENT_TIMESTAMP, 'w', ?, ?)",
                                Ids.next(),
                                what,
                                key));
    }

    /** An item's aggregate, which an edited payload cannot lose; of a request what it says. */
    private static String key(Exchange exchange) {
        Object aggregate = exchange.getVariable("aggregate");
        return String.valueOf(aggregate == null ? body(exchange).get("key") : aggregate);
    }

    private static Map<?, ?> body(Exchange exchange) {
        return exchange.getMessage().getBody(Map.class);
    }

    private DeliveryEngine engine() {
        DeliveryEngine one = engine;
        if (one == null) {
            throw new IllegalStateException("the engine is not made yet");
        }
        return one;
    }
}

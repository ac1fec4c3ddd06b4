package io.caravan.hub.routes.listings;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.DeliverySettings;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.egress.Egress;
import io.caravan.hub.connectors.egress.EgressSettings;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.Mode;
import io.caravan.hub.model.port.Connections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.LoggerFactory;

/**
 * A hub that does nothing but put listings live: the process that {@link ListingKillTest} kills. Arguments: the ledger's
 * H2 file, the sandbox's address, seconds until it gives up. Ends with 0 when no work is left, with 3 when it gave up.
 */
final class KillHub {

    static final AccountId ACCOUNT = new AccountId("acme");
    static final int GAVE_UP = 3;
    /** What a recovery waits for, most of its time; a child that a busy machine stalls for half of it halts by itself. */
    static final Duration LEASE = Duration.ofSeconds(6);

    private KillHub() {}

    public static void main(String[] args) throws Exception {
        ((Logger) LoggerFactory.getLogger("ROOT")).setLevel(Level.WARN);
        ((Logger) LoggerFactory.getLogger("org.apache.camel.processor.errorhandler")).setLevel(Level.OFF);
        KillLedger ledger = new KillLedger(args[0]);
        DefaultCamelContext context = new DefaultCamelContext();
        Egress.apply(context, EgressSettings.defaults());
        context.getComponent("kamelet", KameletComponent.class).setNoErrorHandler(true);
        context.getRegistry().bind("objectStore", new KillPicture());
        context.getRegistry().bind("killPicture", new KillPicture());
        DeliveryEngine engine = engine(ledger, context, URI.create(args[1] + "/etsy"));
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("kill.camel.yaml", KillRoute.YAML));
        context.start();
        boolean done = finished(ledger, TimeUnit.SECONDS.toNanos(Long.parseLong(args[2])));
        context.stop();
        engine.stop();
        System.exit(done ? 0 : GAVE_UP);
    }

    static DeliveryEngine engine(KillLedger ledger, DefaultCamelContext context, URI etsy) {
        // a settle time of 1.9 s: the sandbox shows new listings after 0.2 s and is never late
        DeliverySettings settings = DeliverySettings.defaults()
                .withNodeId("kill")
                .withLease(LEASE)
                .withPoll(Duration.ofMillis(100))
                .withSettleScale(0.02)
                .withBackoff(List.of(Duration.ofMillis(200)));
        return new DeliveryEngine(
                ledger.dataSource(), context, new OneShop(etsy), settings, Limits.none(), new SimpleMeterRegistry());
    }

    private static boolean finished(KillLedger ledger, long limit) {
        long end = System.nanoTime() + limit;
        while (ledger.open() > 0) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        return true;
    }

    /** The one connection there is. */
    private record OneShop(URI etsy) implements Connections {

        @Override
        public Connection use(AccountId account, String vendor) {
            return new Connection(
                    "c-kill",
                    account,
                    vendor,
                    Mode.SANDBOX,
                    etsy,
                    Map.of(
                            "keystring", "keystring1",
                            "sharedSecret", "sharedsecret1",
                            "accessToken", "12345678.kill-access-token",
                            "refreshToken", "12345678.kill-refresh-token"),
                    Map.of(
                            "shopId", "87654321",
                            "shippingProfileId", "3001",
                            "readinessStateId", "18200000077",
                            "taxonomyId", "1633",
                            "productionPartnerIds", "901"));
        }

        @Override
        public boolean has(AccountId account, String vendor) {
            return vendor.equals("etsy");
        }

        @Override
        public Connection renewed(Connection stale) {
            return stale;
        }
    }
}

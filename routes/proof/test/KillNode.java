package io.caravan.hub.routes.proof;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.caravan.hub.config.objects.DiskObjectStore;
import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.inbox.InboxEvent;
import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.delivery.FaultPoint;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.slf4j.LoggerFactory;

/**
 * The hub that {@link KillMatrixTest} kills, as a process of its own: asks itself for what the world wants, says
 * {@code yes} with the deed when that is safe, and works until nothing is left. Arguments: the database's address, the
 * vendors' address, the folder of everything else, the file of deeds, seconds without any progress until it gives up.
 */
final class KillNode {

    static final int GAVE_UP = 3;
    /** A process that a busy machine stalls for half of it halts by itself. */
    static final Duration LEASE = Duration.ofSeconds(3);

    private static final String TOLD = "proof.told";
    private static final Instant SLOT = Instant.parse("2026-01-02T03:00:00Z");

    private final Ledger ledger;
    private final DefaultCamelContext context;
    private final DeliveryEngine engine;
    private final long patience;
    private String progress = "";
    private long moved = System.nanoTime();

    private KillNode(Ledger ledger, DefaultCamelContext context, DeliveryEngine engine, long patience) {
        this.ledger = ledger;
        this.context = context;
        this.engine = engine;
        this.patience = patience;
    }

    public static void main(String[] args) throws Exception {
        ((Logger) LoggerFactory.getLogger("ROOT")).setLevel(Level.OFF);
        long patience = TimeUnit.SECONDS.toNanos(Long.parseLong(args[4]));
        Path folder = Path.of(args[2]);
        Ledger ledger = Ledger.open(args[0]);
        List<Operation> operations = Operation.found(Proof.example());
        DefaultCamelContext context = ProofHub.context(
                operations, 2, folder.resolve("files"), new Shelf(new DiskObjectStore(folder.resolve("objects"))));
        DeliveryEngine engine = ProofHub.engine(
                ledger.dataSource(),
                context,
                new Shops(URI.create(args[1]), account -> effect(account.value())),
                settings -> settings.withLease(LEASE).withSubscribers(Map.of(ProofHub.DONE, List.of(TOLD))),
                () -> Runtime.getRuntime().halt(FaultPoint.EXIT));
        context.getRegistry().bind("accept", engine.accept());
        context.addRoutes(doors());
        context.start();
        KillNode node = new KillNode(ledger, context, engine, patience);
        for (String line : Files.readAllLines(Path.of(args[3]), StandardCharsets.UTF_8)) {
            node.does(Deed.of(line));
        }
        boolean done = node.finished();
        if (!done) {
            System.out.println("gave up on " + ledger.left());
        }
        context.stop();
        engine.stop();
        System.exit(done ? 0 : GAVE_UP);
    }

    /** Accounts are named {@code <number>-<vendor>-<operation>}. */
    static String effect(String account) {
        return account.substring(account.indexOf('-') + 1).replaceFirst("-", ".");
    }

    private static RouteBuilder doors() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:accept")
                        .routeId("proof-accept")
                        .policy("accept")
                        .toD("work:${variable.type}?aggregate=one")
                        .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(202))
                        .setBody(constant("{\"accepted\": true}"))
                        .end();
                from("direct:slot")
                        .routeId("proof-slot")
                        .toD("work:${variable.type}?aggregate=one&slot=${variable.key}");
                from("work:" + TOLD).routeId(TOLD).setBody(simple("${body[key]}"));
            }
        };
    }

    private void does(Deed deed) {
        AccountId account = new AccountId(deed.account());
        switch (deed.kind()) {
            case "accept" -> ask("direct:accept", account, deed);
            case "slot" -> ask("direct:slot", account, deed);
            case "hook" -> {
                NewWork work = NewWork.of(account, deed.type(), "one", payload(deed));
                engine.inbox()
                        .receive(new InboxEvent(
                                "proof",
                                account,
                                deed.key(),
                                deed.key().getBytes(StandardCharsets.UTF_8),
                                true,
                                work,
                                null));
            }
            case "edit" -> {
                String dead = dead(account);
                engine.deadLetters().edit(account, dead, Map.of("key", deed.key()), "was bad", "proof");
            }
            case "replay" -> {
                String dead = dead(account);
                if (!dead.isEmpty()) {
                    engine.deadLetters().replay(account, dead, "proof", "is good now");
                }
            }
            case "stop" -> context.stop();
            default -> throw new IllegalArgumentException(deed.toString());
        }
        System.out.println("yes " + deed);
        System.out.flush();
    }

    private static Map<String, Object> payload(Deed deed) {
        Map<String, Object> payload = new HashMap<>(Map.of("key", deed.key()));
        if (!deed.extra().equals("-")) {
            payload.put(deed.extra(), true);
        }
        return payload;
    }

    private void ask(String uri, AccountId account, Deed deed) {
        Exchange done = context.createFluentProducerTemplate()
                .to(uri)
                .withProcessor(exchange -> {
                    exchange.setVariable(Names.ACCOUNT, account);
                    exchange.setVariable("idempotencyKey", deed.key());
                    exchange.setVariable("type", deed.type());
                    exchange.setVariable("key", deed.key());
                    exchange.getMessage().setHeader("scheduledFireTime", Date.from(SLOT));
                    exchange.getMessage().setBody(payload(deed));
                })
                .send();
        if (done.getException() != null) {
            throw new IllegalStateException(deed + " was refused", done.getException());
        }
    }

    /** The account's dead letter, waited for; empty when a replay of it is known already. */
    private String dead(AccountId account) {
        while (!stuck()) {
            List<List<String>> rows =
                    ledger.rows("SELECT work_id, state FROM dead WHERE tenant_id = ?", account.value());
            if (!rows.isEmpty()) {
                return rows.get(0).get(1).equals("OPEN") ? rows.get(0).get(0) : "";
            }
            pause();
        }
        throw new IllegalStateException("no dead letter of " + account);
    }

    private boolean finished() {
        while (ledger.open() > 0) {
            if (stuck()) {
                return false;
            }
            pause();
        }
        return true;
    }

    private boolean stuck() {
        String now = ledger.progress();
        if (!now.equals(progress)) {
            progress = now;
            moved = System.nanoTime();
        }
        return System.nanoTime() - moved > patience;
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
    }
}

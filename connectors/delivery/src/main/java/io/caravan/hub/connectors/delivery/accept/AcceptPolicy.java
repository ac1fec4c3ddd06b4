package io.caravan.hub.connectors.delivery.accept;

import io.caravan.hub.connectors.delivery.DeliverySettings;
import io.caravan.hub.connectors.delivery.accept.Answers.Answer;
import io.caravan.hub.connectors.delivery.db.CommitUnknown;
import io.caravan.hub.connectors.delivery.db.DatabaseException;
import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Json;
import io.caravan.hub.connectors.delivery.lane.Committer;
import io.caravan.hub.connectors.delivery.lane.Lanes;
import io.caravan.hub.connectors.delivery.unit.Unit;
import io.caravan.hub.connectors.delivery.work.Vars;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Checks;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.delivery.FaultPoint;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.jspecify.annotations.Nullable;

/**
 * Wraps a route that accepts a request: everything it wants to write commits in one transaction with the stored answer,
 * before the answer leaves. The same Idempotency-Key gets the same answer; without a key nothing is stored.
 *
 * <p>Reads variables {@code account}, {@code idempotencyKey}, {@code requestId} and {@code path} (Map of the path's
 * parameters); a request is its route, its path and its body. Stores the status header, the header
 * Location and the body. A route that fails stores nothing.
 */
public final class AcceptPolicy implements Policy {

    /** Header of an answer that was given before. */
    public static final String REPLAYED = "Idempotent-Replayed";

    private static final String PATH = "path";
    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final Committer committer;
    private final Answers answers;
    private final Backlog backlog;
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    /** Each request commits alone. */
    public AcceptPolicy(Db db, DeliverySettings settings) {
        this(db, new Committer(db, new Lanes(db, settings.nodeId(), settings.lease()), "accept"), settings);
    }

    /** @param committer lets requests that arrive together share a transaction */
    public AcceptPolicy(Db db, Committer committer, DeliverySettings settings) {
        this.committer = committer;
        this.answers = new Answers(db, settings.answersKept());
        this.backlog = new Backlog(db, settings);
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // nothing to prepare
    }

    @Override
    public Processor wrap(Route route, Processor steps) {
        return exchange -> {
            try {
                accept(route.getRouteId(), exchange, steps);
            } catch (DatabaseException e) {
                throw new Problem(
                        UNAVAILABLE,
                        "database_unavailable",
                        e.getCause() instanceof CommitUnknown
                                ? "whether it was stored is not known; please ask again with the same Idempotency-Key"
                                : "nothing was stored; please try again",
                        Duration.ofSeconds(5),
                        e);
            } catch (ConcurrentModificationException e) {
                throw new Problem(CONFLICT, "conflict", String.valueOf(e.getMessage()), null, e);
            }
        };
    }

    private void accept(String routeId, Exchange exchange, Processor steps) throws Exception {
        AccountId account = Vars.account(exchange);
        String key = Vars.text(exchange, Vars.IDEMPOTENCY_KEY);
        FaultPoint.CP01_READ_BEFORE_TX.hit();
        if (key == null || key.isBlank()) {
            refuseWhenFull(account);
            run(exchange, steps, null);
            return;
        }
        Checks.atMost("Idempotency-Key", key, 255);
        if (exchange.getMessage().getBody() instanceof InputStream) {
            exchange.getMessage().setBody(exchange.getMessage().getBody(byte[].class));
        }
        String request = routeId + "\n" + path(exchange) + "\n"
                + fingerprint(exchange.getMessage().getBody());
        String hash = Refs.sha256Hex(request.getBytes(StandardCharsets.UTF_8));
        String mine = account + "|" + key;
        if (!running.add(mine)) {
            throw new Problem(
                    CONFLICT,
                    "idempotency_running",
                    "a request with this key is still running",
                    Duration.ofSeconds(1),
                    null);
        }
        try {
            if (!replayed(exchange, account, key, hash)) {
                refuseWhenFull(account);
                run(exchange, steps, new Keyed(account, key, hash));
            }
        } catch (Answers.AnsweredElsewhere e) {
            if (!replayed(exchange, account, key, hash)) {
                throw new DatabaseException("answer", new java.sql.SQLException("the answer vanished"));
            }
        } finally {
            running.remove(mine);
        }
    }

    private void run(Exchange exchange, Processor steps, @Nullable Keyed keyed) throws Exception {
        Unit unit = Unit.bind();
        try {
            steps.process(exchange);
            if (exchange.getException() != null || exchange.isRollbackOnly() || handled(exchange)) {
                return;
            }
            Answer answer = keyed == null ? null : answer(exchange, keyed.hash());
            String request = Vars.text(exchange, Names.REQUEST);
            String work = Vars.text(exchange, Vars.WORK);
            unit.commit(committer, "accept", tx -> {
                FaultPoint.CP02_ACCEPT_IN_TX.hit();
                if (keyed != null && answer != null) {
                    answers.store(tx, keyed.account(), keyed.key(), answer, request, work);
                }
            });
            FaultPoint.CP03_COMMITTED_BEFORE_202.hit();
        } finally {
            Unit.clear();
        }
    }

    /** An error handler has written an answer of its own; what the steps wanted to write is not wanted any more. */
    private static boolean handled(Exchange exchange) {
        return exchange.getExchangeExtension().isErrorHandlerHandledSet()
                && exchange.getExchangeExtension().isErrorHandlerHandled();
    }

    private boolean replayed(Exchange exchange, AccountId account, String key, String hash) {
        Optional<Answer> stored = answers.find(account, key);
        if (stored.isEmpty()) {
            return false;
        }
        Answer answer = stored.get();
        if (!answer.requestHash().equals(hash)) {
            throw new Problem(
                    UNPROCESSABLE, "idempotency_mismatch", "this key was used with another request", null, null);
        }
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        exchange.getMessage().setHeader(REPLAYED, "true");
        if (answer.location() != null) {
            exchange.getMessage().setHeader("Location", answer.location());
        }
        exchange.getMessage().setBody(Json.value(answer.body()));
        return true;
    }

    private void refuseWhenFull(AccountId account) {
        if (backlog.full(account)) {
            throw new Problem(
                    TOO_MANY,
                    "backlog",
                    "too much work is waiting; please try again later",
                    Duration.ofSeconds(30),
                    null);
        }
    }

    /** Of a file its bytes, which are not copied again. */
    private static String fingerprint(@Nullable Object body) {
        if (body instanceof byte[] bytes) {
            return Refs.sha256Hex(bytes);
        }
        return Refs.sha256Hex(body instanceof String ? text(body).getBytes(StandardCharsets.UTF_8) : Json.bytes(body));
    }

    /** What the request is about: the same body for another object is another request. */
    private static String path(Exchange exchange) {
        Object path = exchange.getVariable(PATH);
        return path instanceof Map<?, ?> map ? Json.write(new TreeMap<>(map)) : "";
    }

    private static Answer answer(Exchange exchange, String hash) {
        Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        String location = exchange.getMessage().getHeader("Location", String.class);
        Object body = exchange.getMessage().getBody();
        return new Answer(hash, status == null ? OK : status, location, text(body));
    }

    /** JSON text of a body; text that is JSON already stays as it is. */
    private static String text(@Nullable Object body) {
        if (body instanceof byte[] bytes) {
            return text(new String(bytes, StandardCharsets.UTF_8));
        }
        if (body instanceof String string) {
            try {
                return Json.write(Json.value(string));
            } catch (IllegalArgumentException notJson) {
                return Json.write(string);
            }
        }
        return Json.write(body);
    }

    private record Keyed(AccountId account, String key, String hash) {}
}

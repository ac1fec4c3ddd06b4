package io.caravan.hub.config.imports;

import io.caravan.hub.config.store.ImportDecisions;
import io.caravan.hub.config.store.ImportDecisions.Outcome;
import io.caravan.hub.config.store.ImportDecisions.Subject;
import io.caravan.hub.config.store.Imports;
import io.caravan.hub.config.web.Refusal;
import io.caravan.hub.connectors.scorer.ScorerMapper;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.port.Connections;
import java.time.Clock;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Bean {@code scoredProducts}: what becomes of a product that another system scored, and telling it so. */
@Component("scoredProducts")
public class ScoredProducts {

    private static final String SCORER = "scorer";

    private final ImportRequests requests;
    private final Imports imports;
    private final ImportDecisions decisions;
    private final SupplierBudgets budgets;
    private final Connections connections;
    private final Clock clock;
    private final int minScore;

    public ScoredProducts(
            ImportRequests requests,
            Imports imports,
            ImportDecisions decisions,
            SupplierBudgets budgets,
            Connections connections,
            Clock clock,
            ImportAutomation automation) {
        this.requests = requests;
        this.imports = imports;
        this.decisions = decisions;
        this.budgets = budgets;
        this.connections = connections;
        this.clock = clock;
        this.minScore = automation.scored().minScore();
    }

    /**
     * Decides about an event, once: the decision and the import that it begins commit together. Sets the variables {@code
     * decision}, {@code fresh} (false for an event that was decided on before) and {@code imports} (whether body out is the
     * payload of {@code import.fetch}).
     *
     * @throws IllegalArgumentException when the event does not say which product it means
     */
    public Map<String, Object> decide(
            @Variable(Names.ACCOUNT) AccountId account,
            @Variable("eventId") String eventId,
            @Body Map<String, Object> event,
            Exchange exchange) {
        Subject subject = subject(eventId, event);
        String id = subject.id(account);
        Map<String, Object> before = decisions.find(account, id).orElse(null);
        exchange.setVariable("fresh", before == null);
        exchange.setVariable("imports", false);
        if (before != null) {
            exchange.setVariable("decision", before);
            return before;
        }
        List<Map<String, Object>> opened = new ArrayList<>();
        Outcome outcome =
                outcome(account, id, subject, event, exchange.getClock().getCreated(), opened);
        Map<String, Object> decision = decisions.keep(account, subject, outcome);
        exchange.setVariable("decision", decision);
        exchange.setVariable("imports", !opened.isEmpty());
        return opened.isEmpty() ? decision : opened.get(0);
    }

    private static Subject subject(String eventId, Map<String, Object> event) {
        return new Subject(
                "product",
                eventId,
                event.get("score") instanceof Number score ? (int) Math.floor(score.doubleValue()) : 0,
                event.get("reasons") instanceof List<?> reasons ? List.copyOf(reasons) : List.of(),
                text(event, "supplier"),
                text(event, "product_id"),
                text(event, "source_url"),
                null,
                !Boolean.FALSE.equals(event.get("callback")));
    }

    private static @Nullable String text(Map<String, Object> event, String name) {
        return event.get(name) instanceof String text ? text : null;
    }

    private Outcome outcome(
            AccountId account,
            String decision,
            Subject subject,
            Map<String, Object> event,
            long began,
            List<Map<String, Object>> opened) {
        if (subject.score() < minScore) {
            return no("score_too_low", "the score " + subject.score() + " is below " + minScore + " of import.yaml");
        }
        Imports.Order order;
        try {
            order = requests.order(account, event, "scored", decision);
        } catch (IllegalArgumentException e) {
            return no("refused", String.valueOf(e.getMessage()));
        }
        String id = order.id(account);
        Imports.Standing there = imports.standing(account, id).orElse(null);
        if (there != null && !there.state().equals("failed")) {
            return new Outcome("already_imported", "import " + id + " is " + there.state(), id, null);
        }
        String why = budgets.usedUp(account, order.supplier()).orElse(null);
        if (why != null) {
            return no("budget_used_up", why);
        }
        try {
            opened.add(imports.open(account, order, began));
            return new Outcome("imported", "the score " + subject.score() + " is at least " + minScore, id, null);
        } catch (ConcurrentModificationException e) {
            return new Outcome("already_imported", String.valueOf(e.getMessage()), id, null);
        } catch (Refusal e) {
            return no(word(e), String.valueOf(e.getMessage()));
        }
    }

    static Outcome no(String outcome, String reason) {
        return new Outcome(outcome, reason, null, null);
    }

    /** The plan's refusal as the word for a decision. */
    static String word(Refusal refusal) {
        return refusal.problem().code().equals("quota-exceeded") ? "quota_used_up" : "not_in_plan";
    }

    /** 202 with the decision. */
    public void accepted(Exchange exchange, @Variable("decision") Map<String, Object> decision) {
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
        if (decision.get("import_id") instanceof String id) {
            message.setHeader("Location", "/api/v1/imports/" + id);
        }
        message.setBody(decision);
    }

    /**
     * Body in: the event {@code product.created} or {@code import.failed}; out: the request of {@code scorer.status}, null
     * when nobody is to be told.
     */
    public @Nullable Map<String, Object> report(
            @Variable(Names.ACCOUNT) AccountId account, @Body Map<String, Object> event) {
        Map<String, Object> decision =
                decisions.find(account, String.valueOf(event.get("origin_id"))).orElse(Map.of());
        if (!Boolean.TRUE.equals(decision.get("callback"))
                || !connections.has(account, SCORER)
                || !ScorerMapper.tells(connections.use(account, SCORER))) {
            return null;
        }
        boolean completed = event.containsKey("shop_product_id");
        Map<String, Object> data = new LinkedHashMap<>(event);
        data.remove("origin");
        data.remove("origin_id");
        data.put("event_id", decision.get("event_id"));
        data.put("status", completed ? "completed" : "failed");
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("type", completed ? "import.completed" : "import.failed");
        report.put("at", event.getOrDefault("at", clock.instant().toString()));
        report.put("data", data);
        return report;
    }
}

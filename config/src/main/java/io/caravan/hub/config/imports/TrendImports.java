package io.caravan.hub.config.imports;

import io.caravan.hub.config.store.ImportDecisions;
import io.caravan.hub.config.store.ImportDecisions.Outcome;
import io.caravan.hub.config.store.ImportDecisions.Subject;
import io.caravan.hub.config.web.Refusal;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Names;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Bean {@code trendImports}: a trend that scores high brings products by itself, where {@code import.yaml} says so. */
@Component("trendImports")
public class TrendImports {

    private final SearchImports searches;
    private final ImportDecisions decisions;
    private final SupplierBudgets budgets;
    private final ImportAutomation.Auto rules;

    public TrendImports(
            SearchImports searches, ImportDecisions decisions, SupplierBudgets budgets, ImportAutomation automation) {
        this.searches = searches;
        this.decisions = decisions;
        this.budgets = budgets;
        this.rules = automation.auto();
    }

    /**
     * Decides about a trend; a trend that brought products once brings no others. Sets the variable {@code imports}.
     *
     * @param event {@code trend.scored}
     * @return payload of {@code import.search}, null when nothing is to be imported
     */
    public @Nullable Map<String, Object> decide(
            @Variable(Names.ACCOUNT) AccountId account, @Body Map<String, Object> event, Exchange exchange) {
        exchange.setVariable("imports", false);
        if (!rules.enabled()) {
            return null;
        }
        int score = event.get("score") instanceof Number number ? number.intValue() : 0;
        String keyword = String.valueOf(event.get("keyword"));
        Subject subject = new Subject(
                "trend",
                String.valueOf(event.get("trend_id")),
                score,
                List.of(),
                rules.supplier(),
                null,
                null,
                keyword,
                false);
        boolean done = decisions
                .find(account, subject.id(account))
                .filter(before -> "imported".equals(before.get("outcome")))
                .isPresent();
        if (done) {
            return null;
        }
        if (score < rules.minScore()) {
            return no(account, subject, "score_too_low", "the score " + score + " is below " + rules.minScore());
        }
        String why = budgets.usedUp(account, rules.supplier()).orElse(null);
        if (why != null) {
            return no(account, subject, "budget_used_up", why);
        }
        return search(account, subject, keyword, exchange);
    }

    private @Nullable Map<String, Object> search(
            AccountId account, Subject subject, String keyword, Exchange exchange) {
        Map<String, Object> search;
        try {
            search = searches.accept(
                    account, Map.of("supplier", rules.supplier(), "q", keyword, "limit", rules.perTrend()));
        } catch (IllegalArgumentException e) {
            return no(account, subject, "refused", String.valueOf(e.getMessage()));
        } catch (Refusal e) {
            return no(account, subject, ScoredProducts.word(e), String.valueOf(e.getMessage()));
        }
        String batch = String.valueOf(search.get("batch_id"));
        decisions.keep(
                account,
                subject,
                new Outcome(
                        "imported", "the score " + subject.score() + " is at least " + rules.minScore(), null, batch));
        exchange.setVariable("imports", true);
        return search;
    }

    private @Nullable Map<String, Object> no(AccountId account, Subject subject, String outcome, String reason) {
        decisions.keep(account, subject, ScoredProducts.no(outcome, reason));
        return null;
    }
}

package io.caravan.hub.config.imports;

import io.caravan.hub.connectors.delivery.gate.Budgets;
import io.caravan.hub.connectors.delivery.gate.Budgets.BudgetView;
import io.caravan.hub.connectors.delivery.gate.Gates;
import io.caravan.hub.model.AccountId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Whether a supplier may be asked for what nobody waits for: then it would take what a person may need later. */
@Component
public class SupplierBudgets {

    /** What is over sooner is no budget but a pace. */
    private static final Duration PACE = Duration.ofMinutes(1);

    private final Budgets budgets;
    private final Gates gates;
    private final Clock clock;

    public SupplierBudgets(Budgets budgets, Gates gates, Clock clock) {
        this.budgets = budgets;
        this.gates = gates;
        this.clock = clock;
    }

    /** Why the supplier is not to be asked now, and until when; empty when it may be. */
    public Optional<String> usedUp(AccountId account, String supplier) {
        Instant soon = clock.instant().plus(PACE);
        Stream<String> closed = gates.list(account).stream()
                .filter(gate ->
                        gate.vendor().equals(supplier) && gate.notBefore().isAfter(soon))
                .map(gate -> supplier + " is not asked until " + gate.notBefore() + ": " + gate.reason());
        Stream<String> used = budgets.list(account).stream()
                .filter(budget -> budget.vendor().equals(supplier) && used(budget, soon))
                .map(budget -> "the budget " + budget.bucket() + " (" + budget.cap() + ") is used up until "
                        + budget.resetsAt());
        return Stream.concat(closed, used).findFirst();
    }

    private static boolean used(BudgetView budget, Instant soon) {
        return budget.remaining() == 0 && budget.resetsAt().isAfter(soon);
    }
}

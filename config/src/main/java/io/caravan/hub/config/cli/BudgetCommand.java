package io.caravan.hub.config.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What is left of limits and money. */
@Command(name = "budget", mixinStandardHelpOptions = true, description = "Budgets: cap, used, held and left.")
final class BudgetCommand implements Runnable {

    @Mixin
    private ApiOptions options = new ApiOptions();

    @Override
    public void run() {
        options.print(
                options.api().get("/api/v1/budgets"),
                List.of("vendor", "bucket", "window", "cap", "used", "held", "remaining", "resets_at"));
    }
}

package io.caravan.hub.config.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Links to vendors. */
@Command(name = "connections", mixinStandardHelpOptions = true, description = "Connections: mode, state and address.")
final class ConnectionsCommand implements Runnable {

    @Mixin
    private ApiOptions options = new ApiOptions();

    @Override
    public void run() {
        options.print(
                options.api().get("/api/v1/connections"),
                List.of("vendor", "mode", "state", "base_url", "credentials", "reason"));
    }
}

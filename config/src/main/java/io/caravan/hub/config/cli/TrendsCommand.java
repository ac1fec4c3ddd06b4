package io.caravan.hub.config.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the sources saw. */
@Command(name = "trends", mixinStandardHelpOptions = true, description = "Trends by score; --refresh asks the sources.")
final class TrendsCommand implements Runnable {

    @Mixin
    private ApiOptions options = new ApiOptions();

    @Option(names = "--refresh", description = "Starts a research cycle and says its job.")
    private boolean refresh;

    @Option(names = "--cursor", description = "Where the page before ended.")
    private @Nullable String cursor;

    @Option(names = "--limit", defaultValue = "20", description = "At most 200.")
    private int limit;

    @Override
    public void run() {
        if (refresh) {
            options.print(options.api().post("/api/v1/trends/refresh", Map.of()), List.of());
            return;
        }
        options.print(
                options.api().get("/api/v1/trends?limit=" + limit + DeadCommand.parameter("cursor", cursor)),
                List.of("score", "keyword", "sources", "fallback", "id", "observed_at"));
    }
}

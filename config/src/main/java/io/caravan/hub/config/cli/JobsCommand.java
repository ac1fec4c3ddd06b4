package io.caravan.hub.config.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Long work and how far it is. */
@Command(name = "jobs", mixinStandardHelpOptions = true, description = "Lists jobs, or shows one.")
final class JobsCommand implements Runnable {

    @Mixin
    private ApiOptions options = new ApiOptions();

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The job to show.")
    private @Nullable String id;

    @Option(names = "--cursor", description = "Where the page before ended.")
    private @Nullable String cursor;

    @Option(names = "--limit", defaultValue = "50", description = "At most 200.")
    private int limit;

    @Override
    public void run() {
        String path = id == null
                ? "/api/v1/jobs?limit=" + limit + DeadCommand.parameter("cursor", cursor)
                : "/api/v1/jobs/" + DeadCommand.encoded(id);
        options.print(options.api().get(path), List.of("id", "kind", "status", "outcome", "progress", "created_at"));
    }
}

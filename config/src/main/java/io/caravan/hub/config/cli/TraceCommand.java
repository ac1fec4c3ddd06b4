package io.caravan.hub.config.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The story of one thing. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        description =
                "How a trend became a listing, or a supplier's product a shop's: each step with its time, cost and reason.")
final class TraceCommand implements Runnable {

    @Mixin
    private ApiOptions options = new ApiOptions();

    @Parameters(paramLabel = "ID", description = "Of a trend, idea, image, listing or import.")
    private String id = "";

    @Override
    public void run() {
        JsonNode story = options.api().get("/api/v1/trace/" + DeadCommand.encoded(id));
        if (!options.json() && story.path("steps").isArray()) {
            Table.rows(
                    options.out(),
                    story.path("steps"),
                    List.of("at", "subject_kind", "step", "outcome", "duration_ms", "cost_micros", "reason"));
            options.out().flush();
            return;
        }
        options.print(story, List.of());
    }
}

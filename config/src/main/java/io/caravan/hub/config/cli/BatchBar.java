package io.caravan.hub.config.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Follows a batch of imports, a file's or a search's, until none of its rows is left. */
final class BatchBar {

    private static final long LOOK_EVERY_MS = 500;

    private BatchBar() {}

    /** On standard error, so that {@code -o json} can be read by a program. */
    static JsonNode follow(HubApi api, String location) throws InterruptedException {
        PrintStream terminal = System.err;
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("import")
                .setInitialMax(api.get(location).path("total").asLong())
                .setConsumer(new ConsoleProgressBarConsumer(terminal))
                .build()) {
            while (true) {
                JsonNode now = api.get(location);
                // a search finds out how many there are
                bar.maxHint(now.path("total").asLong());
                bar.stepTo(now.path("refused").asLong()
                        + now.path("skipped").asLong()
                        + now.path("completed").asLong()
                        + now.path("failed").asLong());
                if (now.path("status").asText().equals("completed")) {
                    return now;
                }
                Thread.sleep(LOOK_EVERY_MS);
            }
        }
    }
}

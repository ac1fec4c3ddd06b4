package io.caravan.hub.config.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The main job from start to end, told while it happens. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Starts the hub and the vendors' sandboxes, and shows how a trend becomes a live listing.")
final class DemoCommand implements Callable<Integer> {

    @Option(names = "--exit", description = "Stops when the listing is live; exits 0 only then.")
    private boolean exit;

    @Option(
            names = "--recordings",
            paramLabel = "DIR",
            description = "Feeds the trend sources from recorded vendor replies: DIR/<vendor>/recordings/*.")
    private @Nullable Path recordings;

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            defaultValue = "PT3M",
            description = "How long to wait for the listing. Default: ${DEFAULT-VALUE}")
    private Duration patience = Duration.ofMinutes(3);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        DemoTerminal terminal = new DemoTerminal(out);
        boolean live = false;
        DemoHub hub = DemoHub.start(terminal, recordings);
        try {
            JsonNode listing = new DemoStory(hub.api(), terminal, patience).tell();
            live = listing != null && hub.vendorAgrees(listing, terminal);
            terminal.say("");
            terminal.say(
                    live
                            ? "The listing is live at the (sandbox) marketplace."
                            : "The listing did not go live; the log is " + hub.logFile());
            if (!exit) {
                hub.tellAddresses(terminal);
                return HubCommand.KEEPS_RUNNING;
            }
        } finally {
            if (exit) {
                hub.close();
            }
        }
        return live ? Exit.OK : Exit.FAILED;
    }
}

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
        description =
                "Starts the hub and the vendors' sandboxes, and shows how a trend becomes a live listing and a supplier's product a shop's.")
final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--exit",
            description = "Stops when the listing is live and the product in the shop; exits 0 only then.")
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
            description = "How long to wait for each. Default: ${DEFAULT-VALUE}")
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
            JsonNode imported = new DemoImport(hub.api(), terminal, patience, hub.recordedProducts()).tell();
            boolean inShop = imported != null && hub.shopAgrees(imported, terminal);
            terminal.say("");
            terminal.say(
                    live && inShop
                            ? "The listing is live at the (sandbox) marketplace, the product is in the (sandbox) shop."
                            : (live ? "The product did not get into the shop" : "The listing did not go live")
                                    + "; the log is " + hub.logFile());
            live &= inShop;
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

package io.caravan.hub.config.cli;

import io.caravan.hub.config.Hub;
import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.connectors.sandbox.SandboxServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The server. Settings come from the environment; {@code --name=value} behind {@code --} sets any property. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = "Starts the hub and keeps running.",
        footer = "%nProperties may follow: hub start -- --server.port=9000")
final class StartCommand implements Callable<Integer> {

    @Option(
            names = "--with-sandbox",
            description = "Runs the vendors' sandboxes in the same process, at the port of HUB_SANDBOX_URL.")
    private boolean withSandbox;

    @Option(
            names = "--stop-when-ready",
            description = "Stops as soon as everything has started: tells whether the hub starts with these settings.")
    private boolean stopWhenReady;

    @Option(names = "--profile", paramLabel = "NAME", split = ",", description = "dev or prod.")
    private List<String> profiles = new ArrayList<>();

    @Parameters(paramLabel = "--property=value", description = "Spring properties.", arity = "0..*")
    private List<String> properties = new ArrayList<>();

    @Override
    public Integer call() {
        SpringApplication application = new SpringApplication(Hub.class);
        application.setAdditionalProfiles(profiles.toArray(String[]::new));
        if (withSandbox) {
            application.addInitializers(context -> {
                HubProperties hub = org.springframework.boot.context.properties.bind.Binder.get(
                                context.getEnvironment())
                        .bindOrCreate("hub", HubProperties.class);
                try {
                    SandboxServer.start(
                            hub.data().dir().resolve("sandbox"),
                            hub.sandbox().url().getPort(),
                            SandboxServer.found());
                } catch (IOException e) {
                    throw new IllegalStateException(
                            "the sandbox cannot listen on port "
                                    + hub.sandbox().url().getPort(),
                            e);
                }
            });
        }
        ConfigurableApplicationContext context = application.run(properties.toArray(String[]::new));
        return stopWhenReady ? SpringApplication.exit(context) : HubCommand.KEEPS_RUNNING;
    }
}

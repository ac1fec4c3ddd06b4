package io.caravan.hub.config.cli;

import io.caravan.hub.connectors.sandbox.SandboxServer;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The vendors, played by ourselves. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        description = "Runs every vendor's sandbox on one loopback port and keeps running.")
final class SandboxCommand implements Callable<Integer> {

    @Option(names = "--port", defaultValue = "8090", description = "Default: ${DEFAULT-VALUE}; 0 for any.")
    private int port;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where they remember. Default: sandbox in the data folder.")
    private @Nullable Path dir;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = dir == null ? ApiOptions.dataDir().resolve("sandbox") : dir;
        List<VendorSandbox> vendors = SandboxServer.found();
        try (SandboxServer server = SandboxServer.start(folder, port, vendors)) {
            PrintWriter out = spec.commandLine().getOut();
            vendors.forEach(vendor -> out.println(server.url() + "/" + vendor.vendor()));
            out.println("faults, requests, objects: " + server.url() + "/_sandbox/{faults,requests,objects}");
            out.flush();
            new CountDownLatch(1).await();
        }
        return Exit.OK;
    }
}

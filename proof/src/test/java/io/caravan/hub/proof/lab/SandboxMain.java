package io.caravan.hub.proof.lab;

import io.caravan.hub.connectors.sandbox.SandboxServer;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The process that all vendors live in. Arguments: the folder of their state, the file that its address is written to. */
final class SandboxMain {

    private SandboxMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        List<VendorSandbox> all = new ArrayList<>(SandboxServer.found());
        all.add(new SinkSandbox());
        SandboxServer server = SandboxServer.start(Path.of(args[0]), 0, all);
        // a shop of the largest plan: what is proved here is not how hubs wait for a vendor's points
        server.state("shopify")
                .put(
                        "settings",
                        "shopify",
                        SandboxState.object().put("bucket", 100_000).put("restore", 5_000));
        Path told = Path.of(args[1]);
        Files.writeString(told.resolveSibling("told"), server.url().toString());
        Files.move(told.resolveSibling("told"), told);
        new CountDownLatch(1).await();
    }
}

package io.caravan.hub.routes.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.config.cli.HubCommand;
import io.caravan.hub.routes.policy.FlowHub;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that ask routes of a running hub. */
class CommandLineTest {

    private static final String KEY = "hub_flow-tests-alone-know-this-key";

    private final FlowHub hub = FlowHub.shared();

    @TempDir
    private Path folder;

    /** What a command says, and its exit code before it. */
    static String said(String... words) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            int exit = HubCommand.run(words);
            return exit + " " + out.toString(StandardCharsets.UTF_8);
        } finally {
            System.setOut(before);
        }
    }

    @Test
    void shouldListConnections() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), KEY);

        String said = said("connections", "--url", hub.address("/").toString(), "--key-file", key.toString());

        assertThat(said).startsWith("0 ").contains("etsy", "sandbox", "connected");
    }

    @Test
    void shouldCallARefusedCredentialAFaultOfTheRunningHub() {
        Map<String, String> running = Map.of(
                "server.port", String.valueOf(hub.address("/").getPort()),
                "hub.data.dir", hub.data().toString(),
                "hub.admin.key", KEY);
        hub.sql()
                .sql("update connection set state_reason = 'refused the credential (401)' where vendor = 'etsy'")
                .update();
        running.forEach(System::setProperty);
        try {
            assertThat(said("doctor"))
                    .startsWith("1 ")
                    .contains("FAULT connection to etsy: reconnect needed: refused the credential (401)");
        } finally {
            running.keySet().forEach(System::clearProperty);
            hub.sql()
                    .sql("update connection set state_reason = null where vendor = 'etsy'")
                    .update();
        }
    }

    @Test
    void shouldTellTheStoryOfAnImport() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), KEY);
        Client client = Client.admin(hub);
        Client.Answer accepted = client.send(
                "POST",
                "/api/v1/imports",
                Map.of("source_url", "https://www.aliexpress.com/item/1005000000000106.html", "shop", "woocommerce"));
        String id = accepted.body().path("id").asText();
        hub.until("/api/v1/imports/" + id, one -> one.path("status").asText().equals("failed"));

        String said = said("trace", id, "--url", hub.address("/").toString(), "--key-file", key.toString());

        assertThat(said).startsWith("0 ").contains("import.accepted", "import.failed", "aliexpress");
    }
}

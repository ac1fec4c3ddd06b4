package io.caravan.hub.config.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.config.HubTest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine;

class HubCommandTest extends HubTest {

    @Autowired
    private JdbcClient jdbc;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine line = HubCommand.line();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return line.execute(args);
    }

    private int ask(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of(
                "--url",
                api("").toString(),
                "--key-file",
                DATA.resolve("admin.key").toString()));
        return run(all.toArray(String[]::new));
    }

    @Test
    void shouldSayWhatThereIs() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "start",
                        "sandbox",
                        "doctor",
                        "dead",
                        "jobs",
                        "trace",
                        "budget",
                        "trends",
                        "keys",
                        "Exit codes");
        assertThat(run("nonsense")).isEqualTo(Exit.USAGE);
    }

    @Test
    void shouldMakeListAndRevokeKeys() throws Exception {
        assertThat(ask("keys", "create", "--name", "ci", "--role", "viewer", "--output", "json"))
                .as(err.toString())
                .isZero();
        JsonNode made = JSON.readTree(out.toString());
        assertThat(made.path("key").asText()).startsWith("hub_");
        String id = made.path("id").asText();

        assertThat(ask("keys", "list")).isZero();
        assertThat(out.toString())
                .contains("REVOKED AT", id, "viewer")
                .doesNotContain(made.path("key").asText());

        assertThat(ask("keys", "list", "--account", "nobody")).isEqualTo(Exit.NOT_FOUND);
        assertThat(err.toString()).contains("there is no account nobody");
        assertThat(ask("keys", "create", "--account", "default", "--role", "viewer"))
                .as(err.toString())
                .isZero();

        assertThat(ask("keys", "revoke", id)).isZero();
        assertThat(out.toString()).contains("revoked " + id);
    }

    @Test
    void shouldTellFailuresApartByTheirExitCode() {
        assertThat(ask("keys", "revoke", "none")).isEqualTo(Exit.NOT_FOUND);
        assertThat(err.toString()).contains("there is no key none", "request");
        assertThat(ask("keys", "create", "--name", "x", "--role", "king")).isEqualTo(Exit.FAILED);
        assertThat(err.toString()).contains("viewer, operator, designer, admin");
        assertThat(run(
                        "keys",
                        "list",
                        "--url",
                        "http://127.0.0.1:1",
                        "--key-file",
                        DATA.resolve("admin.key").toString()))
                .isEqualTo(Exit.UNREACHABLE);
        assertThat(run(
                        "keys",
                        "list",
                        "--url",
                        api("").toString(),
                        "--key-file",
                        DATA.resolve("none").toString()))
                .isEqualTo(Exit.NOT_ALLOWED);
        assertThat(run("keys", "list", "--url", api("").toString(), "--key-file", "pom.xml"))
                .isNotZero();
    }

    @Test
    void shouldDiagnoseAndSayWhatIsWrong() throws Exception {
        // run from the module's folder: the default routes folder is not there
        assertThat(run("doctor", "--output", "json")).isEqualTo(Exit.FAILED);
        JsonNode findings = JSON.readTree(out.toString());
        assertThat(findings.findValuesAsText("check"))
                .contains("java", "data folder", "routes folder", "port", "database", "files", "connections");
        findings.forEach(finding -> {
            if (finding.path("check").asText().equals("routes folder")) {
                assertThat(finding.path("ok").asBoolean()).isFalse();
            }
            if (finding.path("check").asText().equals("java")) {
                assertThat(finding.path("ok").asBoolean()).isTrue();
            }
        });
    }
}

package io.caravan.hub.config.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.config.files.HubFiles;
import io.caravan.hub.config.files.PersonFiles;
import io.caravan.hub.config.lint.RouteFolders;
import io.caravan.hub.config.security.AdminKey;
import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.config.start.SelfCheck;
import io.caravan.hub.model.AccountId;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at everything that a start needs, without starting, with the same settings that {@code start} would read. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Looks at Java, ports, folders, database, files and connections. Exit code 1 when something is wrong.")
final class DoctorCommand implements Callable<Integer> {

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private ApiOptions.Output output = ApiOptions.Output.table;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private static final Set<String> REFUSED = Set.of("reconnect-needed", "expired");

    private final ArrayNode findings = new ObjectMapper().createArrayNode();

    @Override
    public Integer call() {
        try (ConfigurableApplicationContext context = StoppedHub.settings()) {
            Environment environment = context.getEnvironment();
            HubProperties hub = Binder.get(environment).bindOrCreate("hub", HubProperties.class);
            java();
            folder("data folder", hub.data().dir(), true);
            folder("routes folder", hub.routes().dir(), false);
            boolean running = port("port", environment.getProperty("server.port", Integer.class, 8080));
            port("management port", environment.getProperty("management.server.port", Integer.class, 9876));
            boolean read = database(environment, running);
            files(hub);
            routes(environment, hub);
            production(environment, hub);
            connections(environment, hub);
            if (!read && running) {
                askTheHub(hub, environment.getProperty("server.port", Integer.class, 8080));
            }
        }
        return report();
    }

    private void java() {
        int version = Runtime.version().feature();
        add("java", version >= 17, version + (version >= 21 ? ", virtual threads" : ""));
        long heap = Runtime.getRuntime().maxMemory() / (1024 * 1024);
        add("heap", heap >= 256, heap + " MB");
    }

    private void folder(String name, Path folder, boolean writable) {
        Path path = folder.toAbsolutePath().normalize();
        if (writable) {
            try {
                Files.createDirectories(path);
                Files.delete(Files.createTempFile(path, "doctor", ".tmp"));
                add(name, true, path.toString());
            } catch (IOException e) {
                add(name, false, path + " cannot be written: " + e.getMessage());
            }
        } else {
            add(name, Files.isDirectory(path), path + (Files.isDirectory(path) ? "" : " is not there"));
        }
    }

    /** @return whether something listens there */
    private boolean port(String name, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            add(name, true, port + " is in use: a hub, or something else, is running");
            return true;
        } catch (IOException e) {
            add(name, true, port + " is free");
            return false;
        }
    }

    /** @return whether the database could be asked what vendors refused */
    private boolean database(Environment environment, boolean running) {
        String url = environment.getProperty("spring.datasource.url", "");
        String shown = url.replaceAll("[?;].*", "");
        if (url.startsWith("jdbc:h2:file") && running) {
            add("database", true, shown + " (embedded, not tried: a hub may hold it)");
            return false;
        }
        try (Connection connection = DriverManager.getConnection(
                url,
                environment.getProperty("spring.datasource.username", ""),
                environment.getProperty("spring.datasource.password", ""))) {
            add(
                    "database",
                    true,
                    shown + ", " + connection.getMetaData().getDatabaseProductName() + " "
                            + connection.getMetaData().getDatabaseProductVersion());
            refusals(connection);
            return true;
        } catch (SQLException e) {
            add("database", false, shown + ": " + e.getMessage());
            return false;
        }
    }

    /** A database that no hub has prepared yet has no such table, and no refusals. */
    private void refusals(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select account, vendor, state_reason from connection"
                        + " where state_reason is not null order by account, vendor")) {
            while (rows.next()) {
                refused(rows.getString(1) + "'s connection to " + rows.getString(2), rows.getString(3));
            }
        } catch (SQLException e) {
            return;
        }
    }

    /** What the running hub says of the operator's own connections. */
    private void askTheHub(HubProperties hub, int port) {
        try {
            String given = hub.admin().key();
            String key = given == null || given.isBlank()
                    ? Files.readString(AdminKey.file(hub.data().dir()))
                    : given;
            JsonNode answer =
                    new HubApi(URI.create("http://127.0.0.1:" + port), key.strip()).get("/api/v1/connections");
            for (JsonNode one : answer.path("items")) {
                if (REFUSED.contains(one.path("state").asText())) {
                    refused(
                            "connection to " + one.path("vendor").asText(),
                            one.path("reason").asText("its token has expired"));
                }
            }
        } catch (IOException | ApiFailure e) {
            add("connections in use", true, "not asked, the hub does not tell: " + e.getMessage());
        }
    }

    private void refused(String which, String reason) {
        add(which, false, "reconnect needed: " + reason + "; then POST /api/v1/connections/{vendor}/reconnect");
    }

    private void files(HubProperties hub) {
        PersonFiles files = new PersonFiles(hub);
        List<String> faults = new HubFiles(files).faults();
        add("files", faults.isEmpty(), faults.isEmpty() ? hub.config().dir().toString() : String.join("; ", faults));
    }

    private void routes(Environment environment, HubProperties hub) {
        List<Path> folders = List.of(hub.routes().dir(), hub.config().dir().resolve("routes"));
        List<String> faults = RouteFolders.faults(folders, environment::getProperty);
        add("routes", faults.isEmpty(), faults.isEmpty() ? "keep the rules for routes" : String.join("; ", faults));
    }

    /** Only under the profile prod: what the start would refuse. */
    private void production(Environment environment, HubProperties hub) {
        if (environment.matchesProfiles("prod")) {
            List<String> faults = SelfCheck.ofSettings(environment, hub);
            add("settings", faults.isEmpty(), faults.isEmpty() ? "fit for production" : String.join("; ", faults));
        }
    }

    private void connections(Environment environment, HubProperties hub) {
        List<String> faults = new HubFiles(new PersonFiles(hub))
                .connectionFaults(new AccountId(hub.admin().account()), environment);
        add("connections", faults.isEmpty(), faults.isEmpty() ? "as configured" : String.join("; ", faults));
    }

    private void add(String what, boolean good, String detail) {
        ObjectNode finding = findings.addObject();
        finding.put("check", what).put("ok", good).put("detail", detail);
    }

    private int report() {
        PrintWriter out = spec.commandLine().getOut();
        if (output == ApiOptions.Output.json) {
            out.println(findings.toPrettyString());
        } else {
            findings.forEach(finding -> out.println((finding.path("ok").asBoolean() ? "ok    " : "FAULT ")
                    + finding.path("check").asText() + ": "
                    + finding.path("detail").asText()));
        }
        out.flush();
        for (var finding : findings) {
            if (!finding.path("ok").asBoolean()) {
                return Exit.FAILED;
            }
        }
        return Exit.OK;
    }
}

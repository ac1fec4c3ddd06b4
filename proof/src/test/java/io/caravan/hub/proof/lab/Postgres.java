package io.caravan.hub.proof.lab;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A PostgreSQL server of our own, which can be ended by SIGKILL and started again on its data. */
public final class Postgres implements Ledger {

    private final Path folder;
    private EmbeddedPostgres server;

    private Postgres(Path folder) throws IOException {
        this.folder = folder;
        this.server = boot();
    }

    public static Postgres start(Path folder) throws IOException {
        return new Postgres(folder);
    }

    private EmbeddedPostgres boot() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                // it would delete the folder also when the server that was killed is closed
                .setCleanDataDirectory(false)
                // recovery after a kill, on a busy machine
                .setPGStartupWait(Duration.ofSeconds(60))
                // the library's own defaults are for tests: what is committed may get lost
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("fsync", "on")
                .setServerConfig("max_connections", "100")
                .start();
    }

    public int port() {
        return server.getPort();
    }

    /** Properties of a hub that reaches it at another port: through a proxy. */
    public static Map<String, String> properties(int port) {
        return Map.of("hub.db.url", "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "hub.db.user", "postgres");
    }

    @Override
    public Map<String, String> properties() {
        return properties(port());
    }

    @Override
    public Connection open() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port() + "/postgres?socketTimeout=60", "postgres", "");
    }

    /** Outside of a transaction. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The whole server at once, its connections' processes too: as a power cut without the disk. */
    public void kill() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(folder.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(List.of(postmaster));
        all.addAll(postmaster.descendants().toList());
        for (ProcessHandle one : all) {
            one.destroyForcibly();
        }
        Awaitility.await("PostgreSQL is gone")
                .atMost(Duration.ofSeconds(30))
                .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** On the data that the killed one left; at another port. */
    public void restart() throws IOException {
        // gives its lock back; what it says of the server that is gone is of no interest
        server.close();
        server = boot();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

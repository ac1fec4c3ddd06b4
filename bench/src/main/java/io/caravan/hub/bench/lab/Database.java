package io.caravan.hub.bench.lab;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fresh database whose commits survive a power cut. H2 lives in the hub; PostgreSQL is a server of our own. */
final class Database implements AutoCloseable {

    private final @Nullable EmbeddedPostgres server;
    private final @Nullable ProcessHandle postmaster;

    private Database(@Nullable EmbeddedPostgres server, @Nullable ProcessHandle postmaster) {
        this.server = server;
        this.postmaster = postmaster;
    }

    static Database open(Scenario.Db kind, Path folder) throws IOException {
        if (kind == Scenario.Db.H2) {
            return new Database(null, null);
        }
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(true)
                // the library's own defaults are for tests: no fsync
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                .start();
        long pid = Long.parseLong(java.nio.file.Files.readAllLines(folder.resolve("postmaster.pid"))
                .get(0)
                .strip());
        return new Database(server, ProcessHandle.of(pid).orElse(null));
    }

    /** Settings of a hub on this database. */
    Map<String, String> environment() {
        return server == null
                ? Map.of()
                : Map.of("HUB_DB_URL", server.getJdbcUrl("postgres", "postgres"), "HUB_DB_USER", "postgres");
    }

    /** Seconds of CPU of its own processes; 0 for H2, which is part of the hub's. */
    double cpu() {
        return postmaster == null ? 0 : Proc.cpu(postmaster);
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }
}

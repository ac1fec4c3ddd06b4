package io.caravan.hub.connectors.delivery.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** A fresh database with the settings of a real one: what is committed survives a power cut. */
record DurableDatabase(HikariDataSource pool, @Nullable EmbeddedPostgres server) implements AutoCloseable {

    static DurableDatabase open(String name) throws IOException {
        if (name.equals("h2")) {
            Path folder = Files.createTempDirectory("hub-bench-");
            // as in the hub's application.properties
            String url = "jdbc:h2:file:" + folder.resolve("hub")
                    + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0"
                    + ";DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000";
            return new DurableDatabase(migrated(url, "sa"), null);
        }
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                // the helper's own default is off
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
        return new DurableDatabase(migrated(server.getJdbcUrl("postgres", "postgres"), "postgres"), server);
    }

    private static HikariDataSource migrated(String url, String user) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setMaximumPoolSize(32);
        HikariDataSource pool = new HikariDataSource(config);
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/migration/delivery")
                .load()
                .migrate();
        return pool;
    }

    @Override
    public void close() throws IOException {
        pool.close();
        if (server != null) {
            server.close();
        }
    }
}

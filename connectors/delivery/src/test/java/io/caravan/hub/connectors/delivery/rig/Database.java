package io.caravan.hub.connectors.delivery.rig;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** Both databases that the hub runs on, each time fresh and migrated. */
public enum Database {
    H2 {
        @Override
        HikariDataSource open(UnaryOperator<DataSource> driver) throws IOException {
            Path folder = Files.createTempDirectory("hub-h2-");
            folder.toFile().deleteOnExit();
            String url =
                    "jdbc:h2:file:" + folder.resolve("hub") + ";MODE=PostgreSQL;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
            HikariDataSource pool = pool(url, "sa", driver);
            migrate(pool);
            return pool;
        }
    },
    POSTGRES {
        @Override
        HikariDataSource open(UnaryOperator<DataSource> driver) throws IOException, SQLException {
            String name = "hub_" + NUMBER.incrementAndGet();
            execute("CREATE DATABASE " + name + " TEMPLATE hub_template");
            return pool(postgres().getJdbcUrl("postgres", name), "postgres", driver);
        }
    };

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable EmbeddedPostgres shared;

    /** @param driver stands between the pool and the driver */
    abstract HikariDataSource open(UnaryOperator<DataSource> driver) throws IOException, SQLException;

    /** Closes the pool; a PostgreSQL database is dropped, or the server would have a hundred of them to close down. */
    void close(HikariDataSource pool) {
        pool.close();
        if (this == POSTGRES) {
            String url = pool.getJdbcUrl();
            String name = url.substring(url.lastIndexOf('/') + 1).replaceAll("\\?.*", "");
            try {
                execute("DROP DATABASE " + name + " WITH (FORCE)");
            } catch (SQLException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** One server for the JVM; the schema is migrated once, into a template that each database is copied from. */
    private static synchronized EmbeddedPostgres postgres() throws IOException, SQLException {
        EmbeddedPostgres server = shared;
        if (server == null) {
            server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "300")
                    // what survives a power cut is not what these tests are about
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .start();
            shared = server;
            execute("CREATE DATABASE hub_template");
            try (HikariDataSource template =
                    pool(server.getJdbcUrl("postgres", "hub_template"), "postgres", UnaryOperator.identity())) {
                migrate(template);
            }
        }
        return server;
    }

    private static void execute(String sql) throws SQLException, IOException {
        try (Connection connection = postgres().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void migrate(HikariDataSource pool) {
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/migration/delivery")
                .load()
                .migrate();
    }

    private static HikariDataSource pool(String url, String user, UnaryOperator<DataSource> driver) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setDataSource(driver.apply(new DriverDataSource(url, null, new Properties(), user, "")));
        config.setMaximumPoolSize(16);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }
}

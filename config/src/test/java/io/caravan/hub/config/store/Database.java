package io.caravan.hub.config.store;

import io.caravan.hub.model.port.Writes;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;

/** The two databases that every store test runs on, with all tables; one of each for a whole test run. */
@SuppressWarnings("ImmutableEnumChecker")
enum Database {
    H2 {
        @Override
        DataSource start() {
            return JdbcConnectionPool.create(
                    "jdbc:h2:mem:stores;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1",
                    "sa",
                    "");
        }
    },
    POSTGRESQL {
        @Override
        DataSource start() throws IOException {
            return EmbeddedPostgres.builder().start().getPostgresDatabase();
        }
    };

    private @Nullable DataSource started;

    abstract DataSource start() throws IOException;

    synchronized DataSource dataSource() {
        DataSource known = started;
        if (known == null) {
            try {
                known = start();
                started = known;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            Flyway.configure()
                    .dataSource(known)
                    .locations("classpath:db/migration/delivery", "classpath:db/migration/domain")
                    .load()
                    .migrate();
        }
        return known;
    }

    /** Each write at once in a transaction of its own, as outside a unit. */
    static Writes atOnce(DataSource dataSource) {
        return (what, statements) -> {
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    statements.on(connection);
                    connection.commit();
                } catch (RuntimeException | SQLException e) {
                    connection.rollback();
                    throw e;
                }
            } catch (SQLException e) {
                throw new IllegalStateException(what, e);
            }
        };
    }
}

package io.caravan.hub.routes.listings;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;

/** The hub's database as a file; open in one process at a time. */
final class KillLedger implements AutoCloseable {

    private final JdbcConnectionPool pool;

    KillLedger(String file) {
        pool = JdbcConnectionPool.create(
                "jdbc:h2:file:" + file + ";MODE=PostgreSQL;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE", "sa", "");
    }

    static KillLedger fresh(Path file) {
        KillLedger ledger = new KillLedger(file.toString());
        Flyway.configure()
                .dataSource(ledger.pool)
                .locations("classpath:db/migration/delivery")
                .load()
                .migrate();
        return ledger;
    }

    DataSource dataSource() {
        return pool;
    }

    /** Items and events that are not over yet. */
    int open() {
        return Integer.parseInt(texts("SELECT (SELECT COUNT(*) FROM work WHERE state IN ('WAITING', 'PARKED'))"
                        + " + (SELECT COUNT(*) FROM outbox WHERE published = FALSE)")
                .get(0));
    }

    /** The first column of what a query finds. */
    List<String> texts(String query) {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(String.valueOf(rows.getString(1)));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        pool.dispose();
    }
}

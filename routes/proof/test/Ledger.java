package io.caravan.hub.routes.proof;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;

/** The hub's database of a matrix; a file of H2 is open in one process at a time. */
final class Ledger implements AutoCloseable {

    private final HikariDataSource pool;

    private Ledger(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(url.startsWith("jdbc:h2") ? "sa" : "postgres");
        config.setMaximumPoolSize(16);
        config.setMinimumIdle(1);
        pool = new HikariDataSource(config);
    }

    static String file(Path file) {
        return "jdbc:h2:file:" + file + ";MODE=PostgreSQL;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    }

    static Ledger open(String url) {
        return new Ledger(url);
    }

    static Ledger fresh(String url) {
        Ledger ledger = new Ledger(url);
        Flyway.configure()
                .dataSource(ledger.pool)
                .locations("classpath:db/migration/delivery")
                .load()
                .migrate();
        return ledger;
    }

    HikariDataSource dataSource() {
        return pool;
    }

    /** Rows as lists of text. */
    List<List<String>> rows(String query, Object... parameters) {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<List<String>> all = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                        row.add(String.valueOf(found.getString(i)));
                    }
                    all.add(row);
                }
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Items and events that are not over yet. */
    int open() {
        return Integer.parseInt(rows("SELECT (SELECT COUNT(*) FROM work WHERE state IN ('WAITING', 'PARKED')"
                        + " AND type LIKE 'proof.%') + (SELECT COUNT(*) FROM outbox WHERE published = FALSE)")
                .get(0)
                .get(0));
    }

    /** Changes whenever anything was tried or ended. */
    String progress() {
        return String.valueOf(rows("SELECT (SELECT COUNT(*) FROM work), (SELECT SUM(attempts) FROM work),"
                + " (SELECT COUNT(*) FROM work WHERE state = 'WAITING'), (SELECT COUNT(*) FROM effect),"
                + " (SELECT MAX(updated_at) FROM effect), (SELECT COUNT(*) FROM outbox WHERE published = FALSE)"));
    }

    /** What is not over yet and why, for people. */
    String left() {
        return "now " + rows("SELECT CURRENT_TIMESTAMP") + "; items "
                + rows("SELECT tenant_id, type, seq, state, attempts, due_at, reason FROM work"
                        + " WHERE state IN ('WAITING', 'PARKED')")
                + "; lanes "
                + rows("SELECT lane_key, head_seq, next_type, next_due, owner, lease_until FROM lane"
                        + " WHERE head_seq IS NOT NULL")
                + "; effects "
                + rows("SELECT vendor, operation, phase, doubt, attempts, settle_until, updated_at,"
                        + " last_error FROM effect WHERE work_id IN"
                        + " (SELECT id FROM work WHERE state IN ('WAITING', 'PARKED'))");
    }

    @Override
    public void close() {
        pool.close();
    }
}

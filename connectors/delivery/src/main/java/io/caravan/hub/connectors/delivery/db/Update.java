package io.caravan.hub.connectors.delivery.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that changes rows, run for many sets of parameters in one batch. */
public final class Update implements Tx.Step<@Nullable Object[]> {

    private final String sql;

    public Update(String sql) {
        this.sql = sql;
    }

    @Override
    public void run(Connection connection, List<@Nullable Object[]> entries) throws SQLException {
        counts(connection, entries);
    }

    /** How many rows each set changed. */
    public int[] counts(Connection connection, List<@Nullable Object[]> entries) throws SQLException {
        if (entries.size() == 1) {
            return new int[] {Sql.update(connection, sql, entries.get(0))};
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (@Nullable Object[] one : entries) {
                Sql.bind(statement, one);
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }

    /** The parameters as {@link Tx#later} takes them. */
    public static @Nullable Object[] with(@Nullable Object... parameters) {
        return parameters;
    }
}

package io.caravan.hub.connectors.delivery.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The few JDBC calls that every store needs. Parameters: text, numbers, booleans, bytes, {@link Instant}, null. */
public final class Sql {

    /** Now plus a number of milliseconds, by the database's clock; takes one parameter. */
    public static final String NOW_PLUS_MS = "CURRENT_TIMESTAMP + CAST(? AS BIGINT) * INTERVAL '0.001' SECOND";

    private Sql() {}

    /** One row to one value. */
    @FunctionalInterface
    public interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    public static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

    public static <T> List<T> list(Connection connection, Row<T> row, String sql, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(row.of(rows));
                }
                return all;
            }
        }
    }

    public static <T> Optional<T> one(Connection connection, Row<T> row, String sql, @Nullable Object... parameters)
            throws SQLException {
        List<T> all = list(connection, row, sql, parameters);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
    }

    /** Now, by the database's clock: the start of the transaction. */
    public static Instant now(Connection connection) throws SQLException {
        return one(connection, row -> time(row, 1), "SELECT CURRENT_TIMESTAMP")
                .orElseThrow(() -> new SQLException("no clock"));
    }

    /** {@code ?, ?, ?} for an IN list. */
    public static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    /** The values, the last one repeated up to a power of two, so that few statement texts have to be prepared. */
    public static Object[] padded(List<String> values) {
        int size = Integer.highestOneBit(values.size());
        Object[] all = new Object[size == values.size() ? size : size * 2];
        for (int i = 0; i < all.length; i++) {
            all[i] = values.get(Math.min(i, values.size() - 1));
        }
        return all;
    }

    public static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    public static @Nullable Integer intOrNull(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    public static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /** Cut to a column's length; the database would refuse, and a long message is no reason to fail. */
    public static @Nullable String cut(@Nullable String text, int length) {
        return text == null || text.length() <= length ? text : text.substring(0, length);
    }

    public static long millis(Duration duration) {
        return Math.max(0, duration.toMillis());
    }

    public static void bind(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            if (value == null) {
                statement.setNull(i + 1, Types.NULL);
            } else if (value instanceof Instant time) {
                statement.setObject(i + 1, time.atOffset(ZoneOffset.UTC));
            } else if (value instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }
}

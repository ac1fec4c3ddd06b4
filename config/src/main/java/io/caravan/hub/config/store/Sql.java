package io.caravan.hub.config.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ConcurrentModificationException;
import org.jspecify.annotations.Nullable;

/** Statements on a connection of {@link io.caravan.hub.model.port.Writes}, and times as both databases hold them. */
final class Sql {

    private Sql() {}

    /** Runs one statement; the number of rows that it changed. Parameters: text, numbers, booleans, {@link Instant}, null. */
    static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

    /** As {@link #update}, for a change that is only right in a certain state.
     *
     * @throws ConcurrentModificationException saying {@code otherwise} when no row was in that state
     */
    static void guarded(Connection connection, String otherwise, String sql, @Nullable Object... parameters)
            throws SQLException {
        if (update(connection, sql, parameters) == 0) {
            throw new ConcurrentModificationException(otherwise);
        }
    }

    static void bind(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object parameter = parameters[i];
            if (parameter == null) {
                statement.setNull(i + 1, Types.NULL);
            } else if (parameter instanceof Instant instant) {
                statement.setObject(i + 1, time(instant));
            } else {
                statement.setObject(i + 1, parameter);
            }
        }
    }

    static OffsetDateTime time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** ISO 8601 in UTC, null for null. */
    static @Nullable String at(ResultSet row, String column) throws SQLException {
        Instant instant = instant(row, column);
        return instant == null ? null : instant.toString();
    }

    /** Microseconds since 1970: the sort key of lists by time. */
    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static OffsetDateTime ofMicros(long micros) {
        return time(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    /** The text for {@code LIKE}, with {@code !} as the escape character. */
    static String contains(String text) {
        return "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }
}

package io.caravan.hub.connectors.delivery;

import io.caravan.hub.connectors.delivery.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * Refuses to start on a database that would lose what it acknowledged. H2 writes a commit to its file up to half a
 * second later unless told otherwise; what counts is the live setting of the open database, not the text of an URL.
 */
public final class DeliveryStartupCheck {

    private DeliveryStartupCheck() {}

    /**
     * @throws IllegalStateException saying what to change
     */
    public static void check(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            if (connection.getMetaData().getDatabaseProductName().equals("H2")) {
                checkH2(connection);
            }
            Sql.list(connection, row -> row.getInt(1), "SELECT 1 FROM lane WHERE lane_key = ''");
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the database is not ready for delivery (db/migration/delivery applied?): " + e.getMessage(), e);
        }
    }

    private static void checkH2(Connection connection) throws SQLException {
        String url = connection.getMetaData().getURL();
        if (url.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:mem:")) {
            return;
        }
        boolean durable = Sql.list(
                        connection,
                        row -> row.getString(1),
                        "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'WRITE_DELAY'")
                .stream()
                .allMatch("0"::equals);
        if (!durable) {
            throw new IllegalStateException(
                    "H2 would lose acknowledged commits on a crash: add ;WRITE_DELAY=0 to " + url);
        }
    }
}

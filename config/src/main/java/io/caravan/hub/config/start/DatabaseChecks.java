package io.caravan.hub.config.start;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/** Whether what was acknowledged survives: asked of the database itself, since a URL is only what somebody wished. */
final class DatabaseChecks {

    private static final String H2 =
            "select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'";
    private static final String POSTGRESQL =
            "select setting from pg_settings where name in ('fsync', 'synchronous_commit') and setting = 'off'";

    static final List<Check> CHECKS = List.of(
            Check.always("the embedded database writes at once", DatabaseChecks::delay),
            Check.inProduction(
                    "the database is on disk",
                    live -> url(live).startsWith("jdbc:h2:mem"),
                    "the database is in memory: set HUB_DB_URL, or leave it away for a file in HUB_DATA_DIR"),
            Check.inProduction("the database server writes at once", DatabaseChecks::unsynced));

    private DatabaseChecks() {}

    private static List<String> delay(Live live) {
        String url = url(live);
        boolean late = url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:h2:mem") && !writesAtOnce(live, url);
        return late
                ? List.of("the H2 database lacks WRITE_DELAY=0 in its URL: acknowledged work would be lost in a crash")
                : List.of();
    }

    private static boolean writesAtOnce(Live live, String url) {
        return live.database() == null
                ? url.contains("write_delay=0")
                : ask(live, H2).equals("0");
    }

    private static List<String> unsynced(Live live) {
        return url(live).startsWith("jdbc:postgresql:")
                        && !ask(live, POSTGRESQL).isEmpty()
                ? List.of("PostgreSQL has fsync or synchronous_commit off: acknowledged work would be lost in a crash")
                : List.of();
    }

    /** As the driver says it; the setting where there is no database to ask. */
    private static String url(Live live) {
        DataSource database = live.database();
        if (database == null) {
            return live.environment().getProperty("spring.datasource.url", "").toLowerCase(Locale.ROOT);
        }
        try (Connection connection = database.getConnection()) {
            return String.valueOf(connection.getMetaData().getURL()).toLowerCase(Locale.ROOT);
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer: " + e.getMessage(), e);
        }
    }

    private static String ask(Live live, String sql) {
        DataSource database = live.database();
        if (database == null) {
            return "";
        }
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer: " + e.getMessage(), e);
        }
    }
}

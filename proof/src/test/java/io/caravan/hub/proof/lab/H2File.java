package io.caravan.hub.proof.lab;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** The embedded default: a file in the hub's data folder, open in one process at a time. */
public record H2File(Path data) implements Ledger {

    @Override
    public Map<String, String> properties() {
        return Map.of("hub.data.dir", data.toString());
    }

    @Override
    public Connection open() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:h2:file:" + data.resolve("hub")
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;IFEXISTS=TRUE",
                "sa",
                "");
    }

    @Override
    public void close() {
        // nothing is open
    }
}

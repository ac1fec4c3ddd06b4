package io.caravan.hub.proof.lab;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The hub's database, as the judge reads it. */
public interface Ledger extends AutoCloseable {

    /** Properties of a hub on this database. */
    Map<String, String> properties();

    /** A connection past everything that stands between. H2 has one only while no hub runs. */
    Connection open() throws SQLException;

    @Override
    void close() throws IOException;

    /** What a query finds, each value as text. */
    default List<List<String>> rows(String query) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<List<String>> found = new ArrayList<>();
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(rows.getString(i)));
                }
                found.add(row);
            }
            return found;
        }
    }

    /** The first column of what a query finds. */
    default List<String> texts(String query) throws SQLException {
        return rows(query).stream().map(row -> row.get(0)).toList();
    }
}

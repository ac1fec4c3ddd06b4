package io.caravan.hub.connectors.delivery.db;

import java.sql.SQLException;

/** The database refused or could not be reached. Whether a commit took place is then unknown to the caller. */
public class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DatabaseException(String what, SQLException cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}

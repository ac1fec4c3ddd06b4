package io.caravan.hub.connectors.delivery.db;

import java.sql.SQLException;

/** The commit itself failed: whether the transaction took place is not known, so it must not simply be run again. */
public final class CommitUnknown extends SQLException {

    private static final long serialVersionUID = 1L;

    CommitUnknown(SQLException cause) {
        super("whether it was committed is not known: " + cause.getMessage(), cause.getSQLState(), cause);
    }
}

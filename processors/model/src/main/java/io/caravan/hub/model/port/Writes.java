package io.caravan.hub.model.port;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * How domain rows are written. Inside a work item or an accepted request the statements are collected and commit in one
 * transaction with the item's completion (checked against the lane's fence) or with the stored answer; nothing is
 * written when the item fails. Elsewhere they run at once in a transaction of their own.
 */
public interface Writes {

    /**
     * @param what for errors and the trace: {@code "listing live"}
     * @param statements runs once per try of the transaction, may run again after a serialization failure; throws
     *     {@link java.util.ConcurrentModificationException} to refuse the whole unit (REST: 409)
     */
    void write(String what, Statements statements);

    /** Statements on a connection whose transaction somebody else begins and ends. */
    @FunctionalInterface
    interface Statements {
        void on(Connection connection) throws SQLException;
    }
}

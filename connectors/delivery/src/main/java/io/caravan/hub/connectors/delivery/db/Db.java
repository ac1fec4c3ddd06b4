package io.caravan.hub.connectors.delivery.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** Short transactions at READ COMMITTED, tried again when the database says that trying again helps. */
public final class Db {

    /** Most tries of one transaction; conflicts that last longer are somebody's bug. */
    private static final int TRIES = 8;

    private final DataSource dataSource;

    public Db(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Statements that return a value. Runs once per try. */
    @FunctionalInterface
    public interface InTx<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Statements without a value. */
    @FunctionalInterface
    public interface RunTx {
        void on(Connection connection) throws SQLException;
    }

    /**
     * @param what for errors: {@code "finish"}
     * @throws DatabaseException after a failure that a further try does not help; other exceptions of {@code work} pass
     *     through; the transaction is rolled back in both cases
     */
    public <T> T tx(String what, InTx<T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return once(work);
            } catch (SQLException e) {
                if (tries == TRIES || !isConflict(e)) {
                    throw new DatabaseException(what, e);
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000L << tries));
            }
        }
    }

    public void run(String what, RunTx work) {
        tx(what, connection -> {
            work.on(connection);
            return true;
        });
    }

    /** Serialization failure, deadlock, lock time-out: nothing of the transaction stayed. */
    static boolean isConflict(SQLException e) {
        String state = e.getSQLState();
        return "40001".equals(state) || "40P01".equals(state) || "55P03".equals(state) || "HYT00".equals(state);
    }

    /**
     * Statements that only read, each on its own: no transaction to end, so one round trip less.
     *
     * @throws DatabaseException as {@link #tx}
     */
    public <T> T read(String what, InTx<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new DatabaseException(what, e);
        }
    }

    public static boolean isPostgres(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    }

    /** In this transaction nobody is waited for longer than a moment. H2 has its own limit, set for the database. */
    public void waitBriefly(Connection connection) throws SQLException {
        if (isPostgres(connection)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL lock_timeout = '2s'");
            }
        }
    }

    /**
     * One try.
     *
     * @throws CommitUnknown when the commit failed for another reason than a conflict
     */
    public <T> T once(InTx<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                commit(connection);
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                try {
                    connection.rollback();
                } catch (SQLException lost) {
                    e.addSuppressed(lost);
                }
                throw e;
            } finally {
                restore(connection);
            }
        }
    }

    private static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw isConflict(e) ? e : new CommitUnknown(e);
        }
    }

    private static void restore(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // the pool throws a broken connection away by itself; what the transaction did is already decided
            return;
        }
    }
}

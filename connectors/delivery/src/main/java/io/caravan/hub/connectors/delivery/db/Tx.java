package io.caravan.hub.connectors.delivery.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One transaction that the parts of many callers share. What nobody needs the result of at once is put off and then run
 * together: one round trip for a kind of statement instead of one for each part. Each part's own order is kept.
 */
public final class Tx {

    private final Connection connection;
    private final List<Group<?>> pending = new ArrayList<>();
    private final Map<Object, @Nullable Object> known = new HashMap<>();
    private int from;

    public Tx(Connection connection) {
        this.connection = connection;
    }

    /** A kind of statement; runs for all its entries at once. Told apart by identity, so it is a constant. */
    @FunctionalInterface
    public interface Step<E> {
        void run(Connection connection, List<E> entries) throws SQLException;
    }

    /** One caller's share of the transaction. Runs once per try. */
    @FunctionalInterface
    public interface Part<T> {
        T on(Tx tx) throws SQLException;
    }

    /** A part without a value. */
    @FunctionalInterface
    public interface RunPart {
        void on(Tx tx) throws SQLException;
    }

    /** From here on speaks the next part, whose statements may join any that are pending. */
    public void next() {
        from = 0;
    }

    /** Puts an entry off until {@link #flush}, behind everything that this part put off before. */
    @SuppressWarnings("unchecked")
    public <E> void later(Step<E> step, E entry) {
        for (int i = from; i < pending.size(); i++) {
            if (pending.get(i).step == step) {
                ((Group<E>) pending.get(i)).entries.add(entry);
                from = i;
                return;
            }
        }
        Group<E> group = new Group<>(step);
        group.entries.add(entry);
        from = pending.size();
        pending.add(group);
    }

    /** For statements that have to see what was put off. */
    public Connection connection() throws SQLException {
        flush();
        return connection;
    }

    /** For statements that have nothing to do with what was put off. */
    public Connection aside() {
        return connection;
    }

    /** What is asked again and again within one transaction is asked once. */
    @SuppressWarnings("unchecked")
    public <T extends @Nullable Object> T once(Object key, Db.InTx<T> question) throws SQLException {
        if (!known.containsKey(key)) {
            known.put(key, question.on(connection));
        }
        return (T) known.get(key);
    }

    /** Now, by the database's clock: the start of the transaction. */
    public Instant now() throws SQLException {
        return once("now", Sql::now);
    }

    public void flush() throws SQLException {
        for (int i = 0; i < pending.size(); i++) {
            pending.get(i).run(connection);
        }
        pending.clear();
        from = 0;
    }

    private static final class Group<E> {
        final Step<E> step;
        final List<E> entries = new ArrayList<>();

        Group(Step<E> step) {
            this.step = step;
        }

        void run(Connection connection) throws SQLException {
            step.run(connection, entries);
        }
    }
}

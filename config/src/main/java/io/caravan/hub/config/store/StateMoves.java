package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.port.Writes;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One step of a listing or an import from state to state, with its line in the journal. */
final class StateMoves {

    /** Ends without success: the reasons are kept with the row. */
    private static final Set<String> FAILED = Set.of("failed", "abandoned");

    private final String kind;
    private final String table;
    private final Writes writes;
    private final Journal journal;
    private final Clock clock;

    /**
     * @param kind what a person calls a row: {@code listing}
     * @param table as an SQL name
     */
    StateMoves(String kind, String table, Writes writes, Journal journal, Clock clock) {
        this.kind = kind;
        this.table = table;
        this.writes = writes;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * @param from the states it may come from, as SQL literals, never from a request
     * @param said why, for the journal
     * @param also further assignments, their parameters in {@code values}
     * @throws java.util.ConcurrentModificationException when it is in none of the states {@code from}
     */
    void move(
            AccountId account,
            String id,
            String to,
            String from,
            String step,
            List<String> said,
            long began,
            String also,
            @Nullable Object... values) {
        boolean failed = FAILED.contains(to);
        Journal.Line line = journal.line(account, id, step, began)
                .because(String.join("; ", said))
                .ending(failed ? "failed" : "done");
        @Nullable Object[] parameters = new @Nullable Object[values.length + 5];
        parameters[0] = to;
        parameters[1] = clock.instant();
        System.arraycopy(values, 0, parameters, 2, values.length);
        parameters[values.length + 2] = failed ? Json.text(said) : "[]";
        parameters[values.length + 3] = account.value();
        parameters[values.length + 4] = id;
        writes.write(kind + " " + to, connection -> {
            Sql.guarded(
                    connection,
                    kind + " " + id + " cannot become " + to + " from the state that it is in",
                    "update " + table + " set state = ?, updated_at = ?" + also
                            + ", reasons = ? where account = ? and id = ? and state in (" + from + ")",
                    parameters);
            line.on(connection);
        });
    }
}

package io.caravan.hub.connectors.delivery.unit;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Tx;
import io.caravan.hub.connectors.delivery.lane.Committer;
import io.caravan.hub.model.port.Writes;
import org.jspecify.annotations.Nullable;

/** The model's port: into the thread's unit, or at once when there is none. */
public final class UnitWrites implements Writes {

    private final Db db;
    private final @Nullable Committer committer;

    /** Writes outside a unit get a transaction of their own. */
    public UnitWrites(Db db) {
        this(db, null);
    }

    /** @param committer for writes outside a unit, which may share a transaction */
    public UnitWrites(Db db, @Nullable Committer committer) {
        this.db = db;
        this.committer = committer;
    }

    @Override
    public void write(String what, Statements statements) {
        put(what, tx -> statements.on(tx.connection()));
    }

    /** As {@link #write}, with what may be put off and run together with other writes of its kind. */
    public void put(String what, Tx.RunPart part) {
        Unit unit = Unit.current();
        if (unit != null) {
            unit.defer(part);
        } else if (committer != null) {
            committer.run(what, null, part);
        } else {
            db.run(what, connection -> {
                Tx tx = new Tx(connection);
                part.on(tx);
                tx.flush();
            });
        }
    }

    /** As {@link #put}, and {@code after} once it is committed. */
    public void put(String what, Tx.RunPart part, Runnable after) {
        Unit unit = Unit.current();
        if (unit != null) {
            unit.afterCommit(after);
        }
        put(what, part);
        if (unit == null) {
            after.run();
        }
    }
}

package io.caravan.hub.connectors.delivery.unit;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.model.port.Writes;

/** The model's port: into the thread's unit, or at once when there is none. */
public final class UnitWrites implements Writes {

    private final Db db;

    public UnitWrites(Db db) {
        this.db = db;
    }

    @Override
    public void write(String what, Statements statements) {
        Unit unit = Unit.current();
        if (unit != null) {
            unit.defer(statements);
        } else {
            db.run(what, statements::on);
        }
    }

    /** As {@link #write}, and {@code after} once it is committed. */
    public void write(String what, Statements statements, Runnable after) {
        Unit unit = Unit.current();
        if (unit != null) {
            unit.afterCommit(after);
        }
        write(what, statements);
        if (unit == null) {
            after.run();
        }
    }
}

package io.caravan.hub.connectors.delivery.effect;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Ids;
import io.caravan.hub.connectors.delivery.db.Json;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.db.Update;
import io.caravan.hub.connectors.delivery.gate.Gates;
import io.caravan.hub.connectors.delivery.lane.Committer;
import io.caravan.hub.connectors.delivery.lane.Lanes;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.delivery.FaultPoint;
import io.caravan.hub.model.delivery.VendorObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code effect}. Every change is a transaction of its own that checks the lane's fence first. */
final class EffectStore {

    private static final Update INSERT_SENT = new Update(
            "INSERT INTO effect (id, tenant_id, work_id, vendor, operation, business_key, generation, ref, shape,"
                    + " req_hash, phase, attempts, sent_at, settle_until, fence, trace_id, created_at, updated_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'SENT', 1, CURRENT_TIMESTAMP, " + Sql.NOW_PLUS_MS
                    + ", ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)");
    private static final Update SENT_AGAIN =
            new Update("UPDATE effect SET phase = 'SENT', attempts = ?, sent_at = CURRENT_TIMESTAMP, settle_until = "
                    + Sql.NOW_PLUS_MS + ", req_hash = ?, work_id = ?, fence = ?, updated_at = CURRENT_TIMESTAMP"
                    + " WHERE id = ?");
    private static final Update BECAME =
            new Update("UPDATE effect SET phase = ?, vendor_id = ?, result = ?, cost_micros = COALESCE(?, cost_micros),"
                    + " settle_until = CASE WHEN ? THEN " + Sql.NOW_PLUS_MS + " ELSE settle_until END,"
                    + " strays_at = CASE WHEN doubt AND ? THEN " + Sql.NOW_PLUS_MS + " ELSE strays_at END,"
                    + " fence = ?, work_id = ?, http_status = NULL, last_error = NULL,"
                    + " updated_at = CURRENT_TIMESTAMP WHERE id = ?");

    private static final String INSERT_DOUBTED =
            "INSERT INTO effect (id, tenant_id, work_id, vendor, operation, business_key, generation, ref, shape,"
                    + " req_hash, phase, doubt, attempts, settle_until, fence, trace_id, created_at, updated_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, TRUE, 0, ?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)";

    private final Db db;
    private final Quarantine quarantine;
    private final Committer committer;
    private final Lanes lanes;
    private final Gates gates;
    private final long straysAfterMs;
    private final Installation installation;

    /** @param straysAfter how long after its end an effect that was in doubt is looked up once more */
    EffectStore(Db db, Quarantine quarantine, Committer committer, Lanes lanes, Gates gates, Duration straysAfter) {
        this.db = db;
        this.quarantine = quarantine;
        this.committer = committer;
        this.lanes = lanes;
        this.gates = gates;
        this.straysAfterMs = straysAfter.toMillis();
        this.installation = new Installation(db);
    }

    /**
     * The newest generation of the effect. An item of a later generation does not see earlier ones, except what is
     * confirmed: that it exists is known.
     */
    Optional<EffectRow> find(Task task) {
        return db.read(
                "find effect",
                connection -> Sql.one(
                        connection,
                        EffectRow::of,
                        "SELECT " + EffectRow.COLUMNS + " FROM effect WHERE tenant_id = ? AND vendor = ?"
                                + " AND operation = ? AND business_key = ? AND (generation >= ? OR phase = 'CONFIRMED')"
                                + " ORDER BY generation DESC LIMIT 1",
                        task.account().value(),
                        task.vendor(),
                        task.operation(),
                        task.key(),
                        task.item().generation()));
    }

    String installation() {
        return installation.id();
    }

    /** Of this installation alone: another one that serves the same shop has other references. */
    String ref(Task task, int generation) {
        return Refs.of(
                installation.id(),
                task.account().value(),
                task.traits().effect(),
                task.key(),
                String.valueOf(generation));
    }

    /**
     * Before a create: gate, windows and budget are asked, and the row says that bytes may leave from now on. What was
     * taken back begins again as the next generation, under a reference that no vendor has seen.
     *
     * @param before what there is of the effect, null for nothing
     * @throws io.caravan.hub.connectors.delivery.work.Suspended when it must not be sent now; nothing is written then
     */
    EffectRow intend(Task task, @Nullable EffectRow before, Duration settle) {
        EffectRow row = before == null || before.phase() == Phase.CANCELLED ? null : before;
        String id = row == null ? Ids.next() : row.id();
        int attempt = row == null ? 1 : row.attempts() + 1;
        int generation = row == null ? fresh(task, before) : row.generation();
        String ref = row == null ? ref(task, generation) : row.ref();
        Traits.Budget budget = task.traits().budget();
        return committer.commit("intent", task.lease(), tx -> {
            gates.admit(tx, task.account(), task.vendor(), task.step("create"));
            if (budget != null) {
                gates.settle(tx.aside(), task.account(), id, -1);
                gates.hold(tx.aside(), task.account(), budget.bucket(), id, attempt, budget.amount());
            }
            if (row == null) {
                tx.later(INSERT_SENT, first(task, id, generation, ref, settle));
            } else {
                tx.later(
                        SENT_AGAIN,
                        Update.with(
                                attempt,
                                settle.toMillis(),
                                task.requestHash(),
                                task.item().id(),
                                task.lease().fence(),
                                id));
            }
            FaultPoint.CP10_IN_INTENT_TX.hit(task.traits().effect());
            // what the row says now: the fence keeps others from changing it
            return new EffectRow(
                    id,
                    generation,
                    ref,
                    Phase.SENT,
                    row != null && row.doubt(),
                    attempt,
                    tx.now().plus(settle),
                    false,
                    row == null ? "" : row.vendorId(),
                    row == null ? null : row.result());
        });
    }

    /** What was taken back begins again as the next generation. */
    private static int fresh(Task task, @Nullable EffectRow before) {
        int first = task.item().generation();
        return before == null ? first : Math.max(first, before.generation() + 1);
    }

    /**
     * After a restore: as if a create had been sent whose outcome nobody knows.
     *
     * @param phase UNKNOWN, or STUCK for what cannot be looked up
     * @param settled when everything that was sent before the restore has arrived
     */
    EffectRow doubt(Task task, @Nullable EffectRow before, Quarantine.Restored restored, Phase phase, Instant settled) {
        EffectRow row = before == null || before.phase() == Phase.CANCELLED ? null : before;
        String id = row == null ? Ids.next() : row.id();
        int generation = row == null ? fresh(task, before) : row.generation();
        return db.tx("doubt after restore", connection -> {
            lanes.check(connection, task.lease());
            if (row == null) {
                Sql.update(
                        connection,
                        INSERT_DOUBTED,
                        id,
                        task.account().value(),
                        task.item().id(),
                        task.vendor(),
                        task.operation(),
                        task.key(),
                        generation,
                        ref(task, generation),
                        task.traits().shape().name(),
                        task.requestHash(),
                        phase.name(),
                        settled,
                        task.lease().fence(),
                        task.item().traceId());
            } else {
                Sql.update(
                        connection,
                        "UPDATE effect SET phase = ?, doubt = TRUE, settle_until = ?, fence = ?, work_id = ?,"
                                + " updated_at = CURRENT_TIMESTAMP WHERE id = ?",
                        phase.name(),
                        settled,
                        task.lease().fence(),
                        task.item().id(),
                        id);
            }
            quarantine.look(connection, restored, id);
            return load(connection, id);
        });
    }

    /** Before any other call: gate and windows are asked. */
    void admit(Task task, String step) {
        committer.run(
                "admit " + task.step(step),
                task.lease(),
                tx -> gates.admit(tx, task.account(), task.vendor(), task.step(step)));
    }

    /** After a call that made, found or confirmed an object. */
    EffectRow became(
            Task task,
            EffectRow row,
            Phase phase,
            @Nullable Duration settle,
            VendorObject object,
            Map<String, Long> told) {
        Long cost = cost(object);
        boolean over =
                task.traits().shape() == Shape.REVERSIBLE && (phase == Phase.CONFIRMED || phase == Phase.CANCELLED);
        String result = Json.write(object);
        @Nullable
        Object[] parameters = Update.with(
                phase.name(),
                object.id(),
                result,
                cost,
                settle != null,
                settle == null ? 0L : settle.toMillis(),
                over,
                straysAfterMs,
                task.lease().fence(),
                task.item().id(),
                row.id());
        return committer.commit("result " + phase, task.lease(), tx -> {
            tx.later(BECAME, parameters);
            if (task.traits().budget() != null) {
                gates.settle(tx.aside(), task.account(), row.id(), cost == null ? -1 : cost);
            }
            gates.worked(tx, task.account(), task.vendor(), told);
            if (phase == Phase.CREATED || task.traits().shape() != Shape.REVERSIBLE) {
                FaultPoint.CP15_IN_RESULT_TX.hit(task.traits().effect());
            }
            Instant until = settle == null ? row.settleUntil() : tx.now().plus(settle);
            return new EffectRow(
                    row.id(),
                    row.generation(),
                    row.ref(),
                    phase,
                    row.doubt(),
                    row.attempts(),
                    until,
                    until == null || !until.isAfter(tx.now()),
                    object.id(),
                    result);
        });
    }

    /**
     * After a call that did not end well.
     *
     * @param doubt a create may have happened
     * @param spent what to book of the money held: -1 all, 0 nothing
     * @param told what the vendor's rate headers said; null when no call was made
     */
    EffectRow failed(
            Task task,
            EffectRow row,
            Phase phase,
            boolean doubt,
            long spent,
            int status,
            @Nullable String error,
            @Nullable Map<String, Long> told) {
        return db.tx("result " + phase, connection -> {
            lanes.check(connection, task.lease());
            Sql.update(
                    connection,
                    "UPDATE effect SET phase = ?, doubt = ?, http_status = ?, last_error = ?, fence = ?, work_id = ?,"
                            + " updated_at = CURRENT_TIMESTAMP WHERE id = ?",
                    phase.name(),
                    doubt,
                    status,
                    Sql.cut(error, 1000),
                    task.lease().fence(),
                    task.item().id(),
                    row.id());
            if (task.traits().budget() != null) {
                gates.settle(connection, task.account(), row.id(), spent);
            }
            if (told != null) {
                gates.learned(connection, task.account(), task.vendor(), true, told);
            }
            return load(connection, row.id());
        });
    }

    /** The effect with this id, when it is over. */
    Optional<Ended> ended(String id) {
        return db.tx(
                "effect " + id,
                connection -> Sql.one(
                        connection,
                        row -> new Ended(
                                row.getString("vendor") + "." + row.getString("operation"),
                                row.getString("business_key"),
                                EffectRow.of(row)),
                        "SELECT vendor, operation, business_key, " + EffectRow.COLUMNS
                                + " FROM effect WHERE id = ? AND phase IN ('CONFIRMED', 'CANCELLED')",
                        id));
    }

    /** An effect that is confirmed or taken back. */
    record Ended(String effect, String key, EffectRow row) {}

    /** What a forced look-up asks for: the effects of a dead item that are not confirmed and may have left. */
    List<Open> open(String workId) {
        return db.tx(
                "effects of " + workId,
                connection -> Sql.list(
                        connection,
                        row -> new Open(row.getString(1) + "." + row.getString(2), row.getString(3), row.getString(4)),
                        "SELECT vendor, operation, business_key, ref FROM effect WHERE work_id = ? AND attempts > 0"
                                + " AND phase NOT IN ('CONFIRMED', 'CANCELLED')",
                        workId));
    }

    /** An effect whose outcome is asked for. */
    record Open(String effect, String key, String ref) {}

    private static @Nullable Object[] first(Task task, String id, int generation, String ref, Duration settle) {
        return Update.with(
                id,
                task.account().value(),
                task.item().id(),
                task.vendor(),
                task.operation(),
                task.key(),
                generation,
                ref,
                task.traits().shape().name(),
                task.requestHash(),
                settle.toMillis(),
                task.lease().fence(),
                task.item().traceId());
    }

    private static EffectRow load(Connection connection, String id) throws SQLException {
        return Sql.one(connection, EffectRow::of, "SELECT " + EffectRow.COLUMNS + " FROM effect WHERE id = ?", id)
                .orElseThrow(() -> new SQLException("effect " + id + " vanished"));
    }

    private static @Nullable Long cost(VendorObject object) {
        return object.facts().get("cost_micros") instanceof Number cost ? cost.longValue() : null;
    }
}

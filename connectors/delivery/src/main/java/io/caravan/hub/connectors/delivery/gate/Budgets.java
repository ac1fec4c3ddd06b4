package io.caravan.hub.connectors.delivery.gate;

import io.caravan.hub.connectors.delivery.db.Audit;
import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.model.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** What is left of every window and budget, for operators. */
public final class Budgets {

    private final Db db;

    public Budgets(Db db) {
        this.db = db;
    }

    /**
     * @param vendor of the bucket {@code etsy/per_day} or {@code openai.usd-micros}
     * @param window {@code per_day} or {@code usd-micros}
     * @param remaining never negative; all of the cap once the window is over
     */
    public record BudgetView(
            String bucket,
            String vendor,
            String window,
            long cap,
            long used,
            long held,
            long remaining,
            Instant resetsAt) {}

    /** Buckets that were used at least once. */
    public List<BudgetView> list(AccountId account) {
        return db.tx("list budgets", connection -> {
            Instant now = Sql.now(connection);
            return Sql.list(
                    connection,
                    row -> view(
                            row.getString("bucket"),
                            row.getLong("cap"),
                            Sql.time(row, "window_end").isAfter(now) ? row.getLong("used") : 0,
                            row.getLong("held"),
                            Sql.time(row, "window_end")),
                    "SELECT bucket, cap, used, held, window_end FROM quota WHERE tenant_id = ? AND cap < ?"
                            + " ORDER BY bucket",
                    account.value(),
                    Long.MAX_VALUE);
        });
    }

    /**
     * Gives one account another cap than the configured one.
     *
     * @throws NoSuchElementException when the account never used such a bucket
     */
    public void setCap(AccountId account, String bucket, long cap, String who) {
        db.run("set cap", connection -> {
            int updated = Sql.update(
                    connection,
                    "UPDATE quota SET cap = ?, cap_by = ? WHERE tenant_id = ? AND bucket = ?",
                    cap,
                    Sql.cut(who, 100),
                    account.value(),
                    bucket);
            if (updated == 0) {
                throw new NoSuchElementException("no budget " + bucket);
            }
            Audit.write(connection, account, who, "budget.cap", bucket, null, Map.of("cap", cap));
        });
    }

    static BudgetView view(String bucket, long cap, long used, long held, Instant end) {
        int cut = bucket.indexOf('/') >= 0 ? bucket.indexOf('/') : bucket.indexOf('.');
        return new BudgetView(
                bucket,
                cut < 0 ? bucket : bucket.substring(0, cut),
                cut < 0 ? "" : bucket.substring(cut + 1),
                cap,
                used,
                held,
                Math.max(0, cap - used - held),
                end);
    }
}

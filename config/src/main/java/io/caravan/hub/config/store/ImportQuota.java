package io.caravan.hub.config.store;

import io.caravan.hub.config.files.Plans;
import io.caravan.hub.config.files.PlansFile.Plan;
import io.caravan.hub.config.web.Refusal;
import io.caravan.hub.model.AccountId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Bean {@code importQuota}: may this account import one more this month, and if not, why? Every way in asks here.
 *
 * <p>A place in a month is the column {@code counted_month} of the import that holds it, so that the debit is written with
 * the work that it pays for, once for each import. {@link Room} answers from what is committed; {@link #take} holds it
 * against whoever asked at the same moment.
 */
@Component("importQuota")
public class ImportQuota {

    private final JdbcClient reads;
    private final Plans plans;
    private final Clock clock;

    public ImportQuota(JdbcClient reads, Plans plans, Clock clock) {
        this.reads = reads;
        this.plans = plans;
        this.clock = clock;
    }

    /** A place that an import may take, of the plan as it was when it asked. */
    record Seat(AccountId account, Plan plan, String month) {}

    /** What is left for an account; one that opens several imports in one transaction asks the same room for all of them. */
    public Room room(AccountId account) {
        Plan plan = plans.of(account);
        YearMonth month = month();
        long used = plan.imports() == null ? 0 : used(account, month.toString());
        return new Room(account, plan, month, used);
    }

    private YearMonth month() {
        return YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    }

    private long used(AccountId account, String month) {
        return reads.sql("select count(*) from import_job where account = ? and counted_month = ?")
                .params(account.value(), month)
                .query(Long.class)
                .single();
    }

    /** Places of one account in this month. */
    public final class Room {

        private final AccountId account;
        private final Plan plan;
        private final YearMonth month;
        private long used;

        private Room(AccountId account, Plan plan, YearMonth month, long used) {
            this.account = account;
            this.plan = plan;
            this.month = month;
            this.used = used;
        }

        /**
         * @param way request, bulk, search or scored
         * @throws Refusal 402 {@code plan-excludes}
         */
        public void checkWay(String way) {
            if (!plan.hasWay(way)) {
                throw excluded("does not take imports by " + way, Map.of("way", way));
            }
        }

        /**
         * Whether one more may come in this way, without taking its place.
         *
         * @param way request, bulk, search or scored
         * @throws Refusal 402 {@code plan-excludes} or {@code quota-exceeded}
         */
        public void check(String supplier, String way) {
            checkWay(way);
            if (!plan.hasSupplier(supplier)) {
                throw excluded("does not take imports from " + supplier, Map.of("supplier", supplier));
            }
            Integer limit = plan.imports();
            if (limit != null && used >= limit) {
                throw exceeded(plan, month, limit, used);
            }
        }

        /** As {@link #check}, and counts it in this room; {@link ImportQuota#take} belongs into the import's transaction. */
        Seat seat(String supplier, String way) {
            check(supplier, way);
            used++;
            return new Seat(account, plan, month.toString());
        }

        private Refusal excluded(String what, Map<String, Object> facts) {
            Map<String, Object> details = new LinkedHashMap<>(facts);
            details.put("plan", plans.id(account));
            details.put("upgrade_url", plans.upgradeUrl());
            return Refusal.of(402, "plan-excludes", "the plan " + plan.name() + " " + what, details);
        }
    }

    /**
     * Before the import that takes the seat is written: waits for others that take one now.
     *
     * @throws Refusal 402 {@code quota-exceeded} when they took the last
     */
    void take(Connection connection, Seat seat) throws SQLException {
        Integer limit = seat.plan().imports();
        if (limit == null) {
            return;
        }
        String account = seat.account().value();
        Sql.update(connection, "insert into plan_turn (account) values (?) on conflict do nothing", account);
        number(connection, "select 1 from plan_turn where account = ? for update", account);
        long used = number(
                connection,
                "select count(*) from import_job where account = ? and counted_month = ?",
                account,
                seat.month());
        if (used >= limit) {
            throw exceeded(seat.plan(), YearMonth.parse(seat.month()), limit, used);
        }
    }

    private static long number(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Sql.bind(statement, parameters);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /** The month in which what happens now counts. */
    String now() {
        return month().toString();
    }

    private Refusal exceeded(Plan plan, YearMonth month, int limit, long used) {
        Instant resets = resets(month);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("resource", "imports");
        details.put("used", used);
        details.put("limit", limit);
        details.put("resets_at", resets.toString());
        details.put("upgrade_url", plans.upgradeUrl());
        return Refusal.of(
                402,
                "quota-exceeded",
                "the plan " + plan.name() + " has " + limit + " imports a month and " + used + " are used; more from "
                        + resets + " on, or with another plan: " + plans.upgradeUrl(),
                details);
    }

    private static Instant resets(YearMonth month) {
        return month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** The account's plan and what of it is used, for the API. */
    public Map<String, @Nullable Object> view(@Variable("account") AccountId account) {
        Plan plan = plans.of(account);
        YearMonth month = month();
        long used = used(account, month.toString());
        Map<String, @Nullable Object> imports = new LinkedHashMap<>();
        imports.put("resource", "imports");
        imports.put("used", used);
        imports.put("limit", plan.imports());
        imports.put("remaining", plan.imports() == null ? null : Math.max(0, plan.imports() - used));
        imports.put("resets_at", resets(month).toString());
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("plan", plans.id(account));
        view.put("name", plan.name());
        view.put("quotas", List.of(imports));
        view.put("suppliers", plan.suppliers());
        view.put("ways", plan.ways());
        view.put("upgrade_url", plans.upgradeUrl());
        return view;
    }
}

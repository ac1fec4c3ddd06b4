package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.port.Writes;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Table {@code shop_pricing}: every version of the rules that a shop had. */
@Component
public class PricingVersions {

    private final JdbcClient reads;
    private final Writes writes;
    private final Clock clock;

    public PricingVersions(JdbcClient reads, Writes writes, Clock clock) {
        this.reads = reads;
        this.writes = writes;
        this.clock = clock;
    }

    /**
     * @param rules as they were sent, null when this version took them away
     * @param by id of the key that did it
     */
    public record Version(int number, @Nullable Map<String, Object> rules, Instant at, String by) {}

    /** Empty when the shop never had rules of its own. */
    public Optional<Version> latest(AccountId account, String shop) {
        return reads.sql(
                        "select version, rules, created_at, created_by from shop_pricing where account = ? and shop = ?"
                                + " order by version desc limit 1")
                .params(account.value(), shop)
                .query((row, n) -> new Version(
                        row.getInt("version"),
                        Json.map(row.getString("rules")),
                        Objects.requireNonNull(Sql.instant(row, "created_at")),
                        row.getString("created_by")))
                .optional();
    }

    /**
     * Adds the version after {@code before}.
     *
     * @param rules null to take them away
     * @throws java.util.ConcurrentModificationException when another request was faster
     */
    public void add(
            AccountId account, String shop, int before, @Nullable Map<String, Object> rules, @Nullable String by) {
        Instant now = clock.instant();
        writes.write(
                "shop's pricing",
                connection -> Sql.guarded(
                        connection,
                        "the pricing of " + shop + " was just changed by another request",
                        "insert into shop_pricing (account, shop, version, rules, created_at, created_by)"
                                + " values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                        account.value(),
                        shop,
                        before + 1,
                        rules == null ? null : Json.text(rules),
                        now,
                        by == null ? "unknown" : by));
    }
}

package io.caravan.hub.config.connections;

import io.caravan.hub.config.security.MasterKey;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.connection.Mode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts the operator's connections into the table at start. What file and environment say is compared name by name with
 * what they said the last time, and only what changed there is taken: tokens that were renewed meanwhile, and credentials
 * that a person gave, stay. A new access token or refresh token takes the place of both. Another mode begins anew. A
 * connection that a person made is the person's, whatever the configuration says.
 */
final class ConnectionSeed {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionSeed.class);

    private static final String SECRET = "secret.";
    private static final String SETTING = "setting.";
    private static final String ACCESS = SECRET + ConnectionRow.ACCESS_TOKEN;
    private static final Set<String> TOKENS = Set.of(ACCESS, SECRET + ConnectionRow.REFRESH_TOKEN);

    private final ConnectionRows rows;
    private final MasterKey master;
    private final TransactionTemplate transaction;

    ConnectionSeed(ConnectionRows rows, MasterKey master, TransactionTemplate transaction) {
        this.rows = rows;
        this.master = master;
        this.transaction = transaction;
    }

    /**
     * @return the connections that are new or have new credentials: work that waited for them may go on
     * @throws IllegalStateException naming what keeps a connection from being made
     */
    List<HubConnections.Restored> apply(ConnectionPlan plan) {
        List<HubConnections.Restored> changed = new ArrayList<>();
        plan.wishes()
                .forEach((account, wishes) -> wishes.forEach(wish -> {
                    if (Boolean.TRUE.equals(transaction.execute(status -> apply(account, wish)))) {
                        changed.add(new HubConnections.Restored(account, wish.vendor()));
                    }
                }));
        return changed;
    }

    private boolean apply(AccountId account, ConnectionWish wish) {
        if (rows.given(account, wish.vendor())) {
            // the master key before may soon be gone
            stored(account, wish.vendor()).ifPresent(rows::reseal);
            return false;
        }
        if (wish.use() == ConnectionFile.Use.OFF) {
            rows.remove(account, wish.vendor());
            return false;
        }
        Mode mode = wish.use() == ConnectionFile.Use.LIVE ? Mode.LIVE : Mode.SANDBOX;
        String seed =
                master.fingerprint(mode + ConnectionRows.json(wish.secrets()) + ConnectionRows.json(wish.settings()));
        String id = Refs.of(account.value(), "connection", wish.vendor());
        boolean same = rows.seed(account, wish.vendor()).filter(seed::equals).isPresent();
        Map<String, String> values = values(mode, wish);
        Map<String, String> before = before(account, wish.vendor());
        if (same && !before.isEmpty()) {
            return false;
        }
        Optional<ConnectionRow> row = before.isEmpty() ? Optional.empty() : stored(account, wish.vendor());
        boolean changed = !same;
        if (row.isPresent() && row.get().mode() == mode) {
            changed = merge(row.get(), before, values);
        } else if (!same) {
            rows.remove(account, wish.vendor());
            rows.insert(new ConnectionRow(
                    id, account, wish.vendor(), mode, false, null, wish.secrets(), wish.settings(), null, seed));
        }
        rows.seeded(id, seed, values);
        if (changed) {
            LOG.info(
                    "Connection of {} to {}: {}",
                    account,
                    wish.vendor(),
                    mode.name().toLowerCase(Locale.ROOT));
        }
        return changed;
    }

    /** Takes what the configuration says anew, and leaves what was renewed or given by a person since. */
    private boolean merge(ConnectionRow row, Map<String, String> before, Map<String, String> values) {
        Set<String> changed = new HashSet<>(before.keySet());
        changed.addAll(values.keySet());
        changed.removeIf(name -> Objects.equals(before.get(name), values.get(name)));
        if (changed.isEmpty()) {
            // only the master key is another one: the one before it is soon gone
            rows.reseal(row);
            return false;
        }
        boolean anyCredential = changed.stream().anyMatch(name -> name.startsWith(SECRET));
        // the two belong together: one of a new pair beside one of an old pair is of no use
        if (changed.stream().anyMatch(TOKENS::contains)) {
            changed.addAll(TOKENS);
        } else if (anyCredential && !values.containsKey(ACCESS)) {
            // the hub's own token was asked for with other credentials
            changed.add(ACCESS);
        }
        rows.store(new ConnectionRow(
                row.id(),
                row.account(),
                row.vendor(),
                row.mode(),
                false,
                null,
                taken(SECRET, row.secrets(), changed, values),
                taken(SETTING, row.settings(), changed, values),
                changed.contains(ACCESS) ? null : row.tokenExpiresAt(),
                row.seed()));
        return true;
    }

    private static Map<String, String> taken(
            String kind, Map<String, String> stored, Set<String> changed, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(stored);
        changed.stream().filter(name -> name.startsWith(kind)).forEach(name -> {
            String value = values.get(name);
            if (value == null) {
                all.remove(name.substring(kind.length()));
            } else {
                all.put(name.substring(kind.length()), value);
            }
        });
        return all;
    }

    private static Map<String, String> values(Mode mode, ConnectionWish wish) {
        Map<String, String> values = new HashMap<>();
        values.put("mode", mode.name());
        wish.secrets().forEach((name, value) -> values.put(SECRET + name, value));
        wish.settings().forEach((name, value) -> values.put(SETTING + name, value));
        return values;
    }

    private Optional<ConnectionRow> stored(AccountId account, String vendor) {
        try {
            return rows.lock(account, vendor);
        } catch (IllegalStateException keyIsGone) {
            return Optional.empty();
        }
    }

    /** Empty as well when nobody can read it any more: then the configuration decides alone. */
    private Map<String, String> before(AccountId account, String vendor) {
        try {
            return rows.seeded(account, vendor);
        } catch (IllegalStateException keyIsGone) {
            return Map.of();
        }
    }
}

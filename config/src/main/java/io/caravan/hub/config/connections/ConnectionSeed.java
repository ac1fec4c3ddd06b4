package io.caravan.hub.config.connections;

import io.caravan.hub.config.security.MasterKey;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.connection.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts the operator's connections into the table at start. A row is replaced only when file or environment changed since
 * the last time: tokens that were renewed meanwhile stay.
 */
final class ConnectionSeed {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionSeed.class);

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
        if (wish.use() == ConnectionFile.Use.OFF) {
            rows.remove(account, wish.vendor());
            return false;
        }
        Mode mode = wish.use() == ConnectionFile.Use.LIVE ? Mode.LIVE : Mode.SANDBOX;
        String seed =
                master.fingerprint(mode + ConnectionRows.json(wish.secrets()) + ConnectionRows.json(wish.settings()));
        if (rows.seed(account, wish.vendor()).filter(seed::equals).isPresent()) {
            return false;
        }
        rows.remove(account, wish.vendor());
        rows.insert(new ConnectionRow(
                Refs.of(account.value(), "connection", wish.vendor()),
                account,
                wish.vendor(),
                mode,
                false,
                null,
                wish.secrets(),
                wish.settings(),
                null,
                seed));
        LOG.info(
                "Connection of {} to {}: {}",
                account,
                wish.vendor(),
                mode.name().toLowerCase(Locale.ROOT));
        return true;
    }
}

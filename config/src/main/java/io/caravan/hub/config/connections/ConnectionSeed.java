package io.caravan.hub.config.connections;

import io.caravan.hub.config.security.MasterKey;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.connection.Mode;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
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
    private final AccountId account;

    ConnectionSeed(ConnectionRows rows, MasterKey master, TransactionTemplate transaction, AccountId account) {
        this.rows = rows;
        this.master = master;
        this.transaction = transaction;
        this.account = account;
    }

    /** @throws IllegalStateException naming the variables that a live connection lacks */
    void apply(ConnectionFile file, Environment environment) {
        file.vendors().forEach((vendor, entry) -> {
            ConnectionWish wish = ConnectionWish.of(vendor, entry, environment);
            transaction.executeWithoutResult(status -> apply(wish));
        });
    }

    private void apply(ConnectionWish wish) {
        if (wish.use() == ConnectionFile.Use.OFF) {
            rows.remove(account, wish.vendor());
            return;
        }
        Mode mode = wish.use() == ConnectionFile.Use.LIVE ? Mode.LIVE : Mode.SANDBOX;
        String seed =
                master.fingerprint(mode + ConnectionRows.json(wish.secrets()) + ConnectionRows.json(wish.settings()));
        if (rows.seed(account, wish.vendor()).filter(seed::equals).isPresent()) {
            return;
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
    }
}

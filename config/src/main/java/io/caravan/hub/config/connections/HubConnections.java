package io.caravan.hub.config.connections;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.config.web.HubMode;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Checks;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.Mode;
import io.caravan.hub.model.connection.TokenPair;
import io.caravan.hub.model.port.Connections;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Connections of the database. One renewal at a time: threads of a node queue on a lock of the JVM, nodes on the row's
 * lock, and whoever comes second finds the new token. A rotated pair is stored and committed before its first use.
 */
public final class HubConnections implements Connections, HubMode {

    private static final String ABSENT = "there is no connection, or the account is suspended";

    private final ConnectionRows rows;
    private final TransactionTemplate transaction;
    private final TokenRefresh refresh;
    private final HubProperties hub;
    private final Map<String, ConnectionFile.Vendor> vendors;
    private final Clock clock;
    private final ApplicationEventPublisher events;
    private final Cache<String, Optional<ConnectionRow>> remembered;
    private final LoadingCache<String, String> modes;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    HubConnections(
            ConnectionRows rows,
            TransactionTemplate transaction,
            TokenRefresh refresh,
            HubProperties hub,
            ConnectionFile file,
            Clock clock,
            ApplicationEventPublisher events) {
        this.rows = rows;
        this.transaction = transaction;
        this.refresh = refresh;
        this.hub = hub;
        this.vendors = file.vendors();
        this.clock = clock;
        this.events = events;
        Duration remember = hub.connections().remember();
        this.remembered = Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfterWrite(remember)
                .build();
        // every answer tells it: read anew by one thread aside, nobody waits
        this.modes = Caffeine.newBuilder()
                .maximumSize(10_000)
                .refreshAfterWrite(remember.dividedBy(2).plusNanos(1))
                .expireAfterWrite(remember)
                .build(this::mode);
    }

    /** Published when a person gave a refused connection a new credential: parked work goes on. */
    public record Restored(AccountId account, String vendor) {}

    @Override
    public Connection use(AccountId account, String vendor) {
        ConnectionRow row = find(account, vendor).orElseThrow(() -> unauthorised(vendor, ABSENT));
        if (row.reconnectNeeded()) {
            throw unauthorised(vendor, "reconnect needed: " + row.reason());
        }
        Instant now = clock.instant();
        if (row.accessToken().isEmpty() && refresh.knows(vendor)) {
            return renewOnce(account, vendor, "");
        }
        if (row.expiresBefore(now.plus(hub.connections().renewBefore())) && refresh.knows(vendor)) {
            return renew(row);
        }
        if (row.expiresBefore(now)) {
            throw unauthorised(vendor, "its token has expired and cannot be renewed here");
        }
        return connection(row);
    }

    @Override
    public boolean has(AccountId account, String vendor) {
        return find(account, vendor).filter(row -> !row.reconnectNeeded()).isPresent();
    }

    @Override
    public Connection renewed(Connection stale) {
        ConnectionRow row =
                rows.find(stale.account(), stale.vendor()).orElseThrow(() -> unauthorised(stale.vendor(), ABSENT));
        if (row.reconnectNeeded()) {
            throw unauthorised(stale.vendor(), "reconnect needed: " + row.reason());
        }
        if (!row.secrets().equals(stale.secrets())) {
            forget(stale.account(), stale.vendor());
            return connection(row);
        }
        if (!refresh.knows(stale.vendor())) {
            refuse(row, "the vendor refused the credential");
            throw unauthorised(stale.vendor(), "the vendor refused the credential, and it cannot be renewed here");
        }
        return renewOnce(stale.account(), stale.vendor(), row.accessToken());
    }

    @Override
    public boolean renews(String vendor) {
        return refresh.knows(vendor);
    }

    /** Leaves the connection in use: a read may ask again at its next time, and finds out by itself that all is well. */
    @Override
    public void refused(Connection connection, String reason) {
        rows.find(connection.account(), connection.vendor())
                .filter(row -> row.secrets().equals(connection.secrets()))
                .ifPresent(row -> rows.refused(row, reason));
        forget(connection.account(), connection.vendor());
    }

    @Override
    public void accepted(Connection connection) {
        if (find(connection.account(), connection.vendor())
                .filter(row -> row.reason() != null && !row.reconnectNeeded())
                .isPresent()) {
            rows.accepted(connection.account(), connection.vendor());
            forget(connection.account(), connection.vendor());
        }
    }

    @Override
    public String of(@Nullable AccountId account) {
        try {
            return modes.get(account == null ? "" : account.value());
        } catch (org.springframework.dao.DataAccessException e) {
            // an answer about a database that is down must still go out
            return "unknown";
        }
    }

    private String mode(String account) {
        List<String> used = rows.modes(account.isEmpty() ? null : new AccountId(account));
        return used.isEmpty() ? "sandbox" : used.size() > 1 ? "mixed" : used.get(0);
    }

    /** What the account may see of its connections: no credential, only names of credentials. */
    public List<ConnectionView> list(AccountId account) {
        return rows.list(account).stream().map(this::view).toList();
    }

    ConnectionView view(ConnectionRow row) {
        return ConnectionView.of(row, refresh.knows(row.vendor()), baseUrl(row), clock.instant());
    }

    /** A person has connected it, or connected it anew: what waited for it goes on. */
    void restored(AccountId account, String vendor) {
        forget(account, vendor);
        events.publishEvent(new Restored(account, vendor));
    }

    /**
     * Takes new credentials from a person, or the word that the old ones work again. A token that the hub got by itself is
     * dropped: it was asked for with what the person has just replaced or looked after.
     *
     * @param secrets replace those of the same name
     * @throws java.util.NoSuchElementException when the account has no connection to the vendor
     */
    public void reconnect(AccountId account, String vendor, Map<String, String> secrets) {
        secrets.forEach((name, secret) -> Checks.text("secrets." + name, secret, VendorFields.LONGEST_SECRET));
        transaction.executeWithoutResult(status -> {
            ConnectionRow row = rows.lock(account, vendor)
                    .orElseThrow(() -> new java.util.NoSuchElementException("there is no connection to " + vendor));
            for (String name : secrets.keySet()) {
                if (!row.secrets().containsKey(name) && !known(vendor, name)) {
                    throw new IllegalArgumentException(vendor + " has no credential " + name + ", it has "
                            + row.secrets().keySet());
                }
            }
            Map<String, String> all = new HashMap<>(row.secrets());
            all.putAll(secrets);
            if (refresh.knows(vendor)
                    && !secrets.containsKey(ConnectionRow.ACCESS_TOKEN)
                    && (secrets.containsKey(ConnectionRow.REFRESH_TOKEN)
                            || !all.containsKey(ConnectionRow.REFRESH_TOKEN))) {
                all.remove(ConnectionRow.ACCESS_TOKEN);
            }
            rows.store(with(row, all, null));
        });
        restored(account, vendor);
    }

    private boolean known(String vendor, String secret) {
        ConnectionFile.Vendor entry = vendors.get(vendor);
        return entry != null && entry.secrets().containsKey(secret);
    }

    private Optional<ConnectionRow> find(AccountId account, String vendor) {
        return remembered.get(key(account, vendor), any -> rows.find(account, vendor));
    }

    /** Renewal ahead of time: while the token still lives, a failure to renew is not a failure to use. */
    private Connection renew(ConnectionRow row) {
        try {
            return renewOnce(row.account(), row.vendor(), row.accessToken());
        } catch (VendorException e) {
            if (e.kind() == ErrorKind.NOT_SENT && !row.expiresBefore(clock.instant())) {
                return connection(row);
            }
            throw e;
        }
    }

    private Connection renewOnce(AccountId account, String vendor, String stale) {
        ReentrantLock lock = locks.computeIfAbsent(key(account, vendor), any -> new ReentrantLock());
        lock.lock();
        try {
            Outcome outcome = transaction.execute(status -> renewLocked(account, vendor, stale));
            forget(account, vendor);
            return java.util.Objects.requireNonNull(outcome).orThrow();
        } catch (TransientDataAccessException e) {
            throw notRenewed(vendor, "another node renews its token", e);
        } finally {
            lock.unlock();
        }
    }

    /** Throws for what rolls back; returns, with the refusal, what has to be committed. */
    private Outcome renewLocked(AccountId account, String vendor, String stale) {
        ConnectionRow row = rows.lock(account, vendor).orElseThrow(() -> unauthorised(vendor, ABSENT));
        if (row.reconnectNeeded()) {
            return new Outcome(null, unauthorised(vendor, "reconnect needed: " + row.reason()));
        }
        if (!row.accessToken().equals(stale)) {
            return new Outcome(connection(row), null);
        }
        TokenPair pair;
        try {
            pair = refresh.refresh(connection(row));
        } catch (VendorException e) {
            if (e.kind() == ErrorKind.UNAUTHORISED || e.kind() == ErrorKind.REJECTED) {
                rows.reconnectNeeded(row, "the vendor refused to renew the token (" + e.code() + ")");
                return new Outcome(null, unauthorised(vendor, "a person has to reconnect: " + e.code()));
            }
            throw notRenewed(vendor, "its token could not be renewed just now: " + e.getMessage(), e);
        }
        Map<String, String> secrets = new HashMap<>(row.secrets());
        secrets.put(ConnectionRow.ACCESS_TOKEN, pair.accessToken());
        if (!pair.refreshToken().isBlank()) {
            secrets.put(ConnectionRow.REFRESH_TOKEN, pair.refreshToken());
        }
        ConnectionRow renewed = with(row, secrets, clock.instant().plus(pair.expiresIn()));
        rows.store(renewed);
        return new Outcome(connection(renewed), null);
    }

    private record Outcome(
            @Nullable Connection connection, @Nullable VendorException refusal) {
        Connection orThrow() {
            if (connection == null) {
                throw java.util.Objects.requireNonNull(refusal);
            }
            return connection;
        }
    }

    private void refuse(ConnectionRow row, String reason) {
        rows.reconnectNeeded(row, reason);
        forget(row.account(), row.vendor());
    }

    private static ConnectionRow with(ConnectionRow row, Map<String, String> secrets, @Nullable Instant expires) {
        return new ConnectionRow(
                row.id(),
                row.account(),
                row.vendor(),
                row.mode(),
                false,
                null,
                secrets,
                row.settings(),
                expires,
                row.seed());
    }

    private Connection connection(ConnectionRow row) {
        return new Connection(
                row.id(), row.account(), row.vendor(), row.mode(), baseUrl(row), row.secrets(), row.settings());
    }

    /** The operator's word first, then by mode. */
    private URI baseUrl(ConnectionRow row) {
        HubProperties.Vendor set = hub.vendor().get(row.vendor());
        if (set != null && set.baseUrl() != null) {
            return set.baseUrl();
        }
        String own = row.settings().get(VendorFields.STORE_URL);
        if (row.mode() == Mode.LIVE && own != null) {
            return https(row.vendor(), own);
        }
        ConnectionFile.Vendor known = vendors.get(row.vendor());
        if (row.mode() == Mode.LIVE && known != null) {
            return known.liveUrl();
        }
        String sandbox = hub.sandbox().url().toString();
        return URI.create((sandbox.endsWith("/") ? sandbox : sandbox + "/") + row.vendor());
    }

    private static URI https(String vendor, String address) {
        URI uri = URI.create(address);
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
            throw unauthorised(vendor, "its setting " + VendorFields.STORE_URL + " must be an https address");
        }
        return uri;
    }

    void forget(AccountId account, String vendor) {
        remembered.invalidate(key(account, vendor));
        modes.invalidateAll();
    }

    private static String key(AccountId account, String vendor) {
        return account.value() + "|" + vendor;
    }

    private static VendorException unauthorised(String vendor, String message) {
        return new VendorException(ErrorKind.UNAUTHORISED, vendor, "reconnect-needed", 0, message, "");
    }

    private static VendorException notRenewed(String vendor, String message, Throwable cause) {
        return new VendorException(ErrorKind.NOT_SENT, vendor, "token-not-renewed", 0, message, null, "", cause);
    }
}

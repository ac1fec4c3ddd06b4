package io.caravan.hub.config.security;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.caravan.hub.config.store.TimePages;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Checks;
import io.caravan.hub.model.Refs;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** API keys in the database, by their hash alone. A key that was read is remembered for a few seconds. */
public final class ApiKeys {

    /** Id of the key that the operator gives or the hub makes at its first start. */
    public static final String ADMIN_ID = "admin";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration REMEMBER = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final MasterKey master;
    private final TimePages pages;
    private final LoadingCache<String, Optional<Caller>> known;

    public ApiKeys(JdbcClient jdbc, MasterKey master) {
        this.jdbc = jdbc;
        this.master = master;
        this.pages = new TimePages(jdbc, "api_key", row -> view(row).json());
        // read anew by one thread aside: a busy key's requests would all wait for it
        this.known = Caffeine.newBuilder()
                .maximumSize(10_000)
                .refreshAfterWrite(REMEMBER.dividedBy(2))
                .expireAfterWrite(REMEMBER)
                .build(this::read);
    }

    /** A new key: 256 random bits. */
    public static String generate() {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        return "hub_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Who this key is; empty for an unknown or revoked one, or when its account is suspended. */
    public Optional<Caller> find(String key) {
        return known.get(master.hash(key));
    }

    /** A key together with what may be shown of it. */
    public record Made(String key, KeyView view) {
        @Override
        public String toString() {
            return "Made[" + view.id() + "]";
        }
    }

    public Made create(AccountId account, String name, Role role) {
        Checks.text("name", name, 200);
        String key = generate();
        String id = "key-"
                + Refs.sha256Hex(key.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .substring(0, 12);
        insert(id, account, name, role, key);
        return new Made(key, get(account, id));
    }

    /**
     * The account's keys, newest first, revoked ones too.
     *
     * @param query {@code limit} and {@code cursor}
     */
    public Map<String, Object> page(AccountId account, Map<String, Object> query) {
        return pages.page(account, query);
    }

    /**
     * @throws NoSuchElementException when the account has no such key
     * @throws IllegalArgumentException for the operator's own key, which its file or variable decides
     */
    public void revoke(AccountId account, String id) {
        if (ADMIN_ID.equals(id)) {
            throw new IllegalArgumentException("the admin key is set by HUB_ADMIN_KEY or admin.key; change it there");
        }
        get(account, id);
        jdbc.sql(
                        "update api_key set revoked_at = current_timestamp where account = ? and id = ? and revoked_at is null")
                .params(account.value(), id)
                .update();
        known.invalidateAll();
    }

    /** Makes the operator's key the admin of the account, in place of the one before. */
    void admin(AccountId account, String key) {
        String hash = master.hash(key);
        int changed = jdbc.sql("update api_key set hash = ?, account = ?, role = ?, revoked_at = null where id = ?")
                .params(hash, account.value(), Role.ADMIN.word(), ADMIN_ID)
                .update();
        if (changed == 0) {
            insert(ADMIN_ID, account, "operator", Role.ADMIN, key);
        }
        known.invalidateAll();
    }

    private void insert(String id, AccountId account, String name, Role role, String key) {
        jdbc.sql("insert into api_key (id, account, name, role, hash) values (?, ?, ?, ?, ?) on conflict do nothing")
                .params(id, account.value(), name, role.word(), master.hash(key))
                .update();
    }

    private KeyView get(AccountId account, String id) {
        return jdbc.sql("select id, name, role, created_at, revoked_at from api_key where account = ? and id = ?")
                .params(account.value(), id)
                .query((row, number) -> view(row))
                .optional()
                .orElseThrow(() -> new NoSuchElementException("there is no key " + id));
    }

    private Optional<Caller> read(String hash) {
        return jdbc.sql("select k.id, k.account, k.role from api_key k join account a on a.id = k.account"
                        + " where k.hash = ? and k.revoked_at is null and a.suspended_at is null")
                .param(hash)
                .query((row, number) -> new Caller(
                        row.getString("id"), new AccountId(row.getString("account")), Role.of(row.getString("role"))))
                .optional();
    }

    private static KeyView view(ResultSet row) throws SQLException {
        Timestamp revoked = row.getTimestamp("revoked_at");
        return new KeyView(
                row.getString("id"),
                row.getString("name"),
                row.getString("role"),
                row.getTimestamp("created_at").toInstant(),
                revoked == null ? null : revoked.toInstant());
    }
}

package io.caravan.hub.config.connections;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.config.security.MasterKey;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.connection.Mode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Table {@code connection}: credentials go in sealed and come out opened. Runs in the caller's transaction, if any. */
final class ConnectionRows {

    private static final String SELECT =
            "select id, account, vendor, mode, state, state_reason, key_id, secrets, settings, token_expires_at, seed"
                    + " from connection";
    private static final String ACTIVE =
            " and exists (select 1 from account a where a.id = connection.account and a.suspended_at is null)";
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_REASON = 500;
    private static final String SEEDED = "|seeded";

    private final JdbcClient jdbc;
    private final MasterKey master;

    ConnectionRows(JdbcClient jdbc, MasterKey master) {
        this.jdbc = jdbc;
        this.master = master;
    }

    /** Empty for a suspended account too. */
    Optional<ConnectionRow> find(AccountId account, String vendor) {
        return jdbc.sql(SELECT + " where account = ? and vendor = ?" + ACTIVE)
                .params(account.value(), vendor)
                .query((row, number) -> read(row))
                .optional();
    }

    /** The same, locked until the transaction ends: of all nodes one renews. */
    Optional<ConnectionRow> lock(AccountId account, String vendor) {
        return jdbc.sql(SELECT + " where account = ? and vendor = ?" + ACTIVE + " for update")
                .params(account.value(), vendor)
                .query((row, number) -> read(row))
                .optional();
    }

    List<ConnectionRow> list(AccountId account) {
        return jdbc.sql(SELECT + " where account = ? order by vendor")
                .param(account.value())
                .query((row, number) -> read(row))
                .list();
    }

    /** Modes in use: {@code sandbox}, {@code live}. */
    List<String> modes(@Nullable AccountId account) {
        return account == null
                ? jdbc.sql("select distinct mode from connection where true" + ACTIVE)
                        .query(String.class)
                        .list()
                : jdbc.sql("select distinct mode from connection where account = ?")
                        .param(account.value())
                        .query(String.class)
                        .list();
    }

    /** The seed of a row without opening its credentials, which an older master key may have sealed. */
    Optional<String> seed(AccountId account, String vendor) {
        return jdbc.sql("select coalesce(seed, '') from connection where account = ? and vendor = ?")
                .params(account.value(), vendor)
                .query(String.class)
                .optional();
    }

    /**
     * What the configuration last put there by name; empty for a row that was written before this was kept.
     *
     * @throws IllegalStateException when its master key is not given
     */
    Map<String, String> seeded(AccountId account, String vendor) {
        return jdbc.sql("select id, seeded_key, seeded from connection where account = ? and vendor = ?"
                        + " and seeded is not null")
                .params(account.value(), vendor)
                .query((row, number) ->
                        texts(master.open(row.getString(2), row.getString(1) + SEEDED, row.getBytes(3))))
                .optional()
                .orElse(Map.of());
    }

    void seeded(String id, String seed, Map<String, String> values) {
        jdbc.sql("update connection set seed = ?, seeded_key = ?, seeded = ? where id = ?")
                .params(
                        seed,
                        master.keyId(),
                        master.seal(id + SEEDED, json(values).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        id)
                .update();
    }

    /** The same table on a connection whose transaction somebody else begins and ends. */
    ConnectionRows on(Connection connection) {
        return new ConnectionRows(JdbcClient.create(new SingleConnectionDataSource(connection, true)), master);
    }

    /** Whether a person connected it. */
    boolean given(AccountId account, String vendor) {
        return jdbc.sql("select 1 from connection where account = ? and vendor = ? and given_at is not null")
                .params(account.value(), vendor)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** What a person gave, in the place of whatever is there. */
    void give(ConnectionRow row) {
        insert(row, " on conflict do nothing");
        jdbc.sql("update connection set mode = ?, given_at = current_timestamp where id = ?")
                .params(word(row.mode()), row.id())
                .update();
        store(row);
    }

    /** @return whether there was one */
    boolean remove(AccountId account, String vendor) {
        return jdbc.sql("delete from connection where account = ? and vendor = ?")
                        .params(account.value(), vendor)
                        .update()
                > 0;
    }

    void insert(ConnectionRow row) {
        insert(row, "");
    }

    private void insert(ConnectionRow row, String onConflict) {
        jdbc.sql(
                        "insert into connection (id, account, vendor, mode, state, key_id, secrets, settings, token_expires_at, seed)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" + onConflict)
                .params(
                        row.id(),
                        row.account().value(),
                        row.vendor(),
                        word(row.mode()),
                        ConnectionState.CONNECTED.word(),
                        master.keyId(),
                        sealed(row),
                        json(row.settings()),
                        timestamp(row.tokenExpiresAt()),
                        row.seed())
                .update();
    }

    /** New credentials; the connection is in order again. */
    void store(ConnectionRow row) {
        jdbc.sql("update connection set state = ?, state_reason = null, key_id = ?, secrets = ?, settings = ?,"
                        + " token_expires_at = ?, updated_at = current_timestamp where id = ?")
                .params(
                        ConnectionState.CONNECTED.word(),
                        master.keyId(),
                        sealed(row),
                        json(row.settings()),
                        timestamp(row.tokenExpiresAt()),
                        row.id())
                .update();
    }

    /** The same credentials under the master key of today. */
    void reseal(ConnectionRow row) {
        jdbc.sql("update connection set key_id = ?, secrets = ? where id = ?")
                .params(master.keyId(), sealed(row), row.id())
                .update();
    }

    /** Nothing uses it until a person reconnects. */
    void reconnectNeeded(ConnectionRow row, String reason) {
        state(row, ConnectionState.RECONNECT_NEEDED, reason);
    }

    /** A reason beside {@code connected}: refused at the last read, and still asked at the next one. */
    void refused(ConnectionRow row, String reason) {
        if (!row.reconnectNeeded()) {
            state(row, ConnectionState.CONNECTED, reason);
        }
    }

    void accepted(AccountId account, String vendor) {
        jdbc.sql("update connection set state_reason = null, updated_at = current_timestamp"
                        + " where account = ? and vendor = ? and state = ?")
                .params(account.value(), vendor, ConnectionState.CONNECTED.word())
                .update();
    }

    private void state(ConnectionRow row, ConnectionState state, String reason) {
        jdbc.sql("update connection set state = ?, state_reason = ?, updated_at = current_timestamp where id = ?")
                .params(
                        state.word(),
                        reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason,
                        row.id())
                .update();
    }

    private ConnectionRow read(ResultSet row) throws SQLException {
        String id = row.getString("id");
        Timestamp expires = row.getTimestamp("token_expires_at");
        return new ConnectionRow(
                id,
                new AccountId(row.getString("account")),
                row.getString("vendor"),
                Mode.valueOf(row.getString("mode").toUpperCase(Locale.ROOT)),
                ConnectionState.RECONNECT_NEEDED.word().equals(row.getString("state")),
                row.getString("state_reason"),
                texts(master.open(row.getString("key_id"), id, row.getBytes("secrets"))),
                texts(row.getString("settings").getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                expires == null ? null : expires.toInstant(),
                row.getString("seed"));
    }

    private byte[] sealed(ConnectionRow row) {
        return master.seal(row.id(), json(row.secrets()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    static String json(Map<String, String> texts) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(texts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always JSON", e);
        }
    }

    private static Map<String, String> texts(byte[] json) {
        try {
            return JSON.readValue(json, TEXTS);
        } catch (IOException e) {
            throw new IllegalStateException("a stored connection is not JSON", e);
        }
    }

    private static String word(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}

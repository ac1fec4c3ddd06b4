package io.caravan.hub.config.accounts;

import io.caravan.hub.config.files.AccountsFile;
import io.caravan.hub.model.AccountId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Bean {@code accounts}: who there is. The file says it at each start; the table remembers who was there before. */
public class Accounts {

    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

    private final JdbcClient jdbc;
    private final Set<AccountId> reinstated = new LinkedHashSet<>();

    Accounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Every account that is not suspended, by id: schedules run for each of them. */
    public List<AccountId> active() {
        return jdbc
                .sql("select id from account where suspended_at is null order by id")
                .query(String.class)
                .list()
                .stream()
                .map(AccountId::new)
                .toList();
    }

    /** Those that were suspended until this start: what they had parked may go on. */
    public Set<AccountId> reinstated() {
        return Set.copyOf(reinstated);
    }

    /** @throws NoSuchElementException when there is no such account, suspended ones are there */
    public void requireKnown(AccountId account) {
        if (suspended(account.value()).isEmpty()) {
            throw new NoSuchElementException("there is no account " + account);
        }
    }

    private Optional<Boolean> suspended(String id) {
        return jdbc.sql("select suspended_at is not null from account where id = ?")
                .param(id)
                .query(Boolean.class)
                .optional();
    }

    /**
     * @throws NoSuchElementException when there is no such account
     * @throws IllegalStateException when it is suspended
     */
    public void requireActive(AccountId account) {
        requireKnown(account);
        if (suspended(account.value()).orElse(false)) {
            throw new IllegalStateException(
                    "account " + account + " is suspended: put it back into accounts.yaml and start the hub again");
        }
    }

    /**
     * Makes the table say what the file says; doing it again changes nothing. An account that the file lacks is suspended.
     *
     * @param operator the account of the admin key: it is there and active, whatever the file says
     */
    void apply(AccountsFile file, AccountId operator) {
        Map<String, String> wanted = new TreeMap<>();
        file.accounts().forEach((id, account) -> wanted.put(id, account.name()));
        wanted.putIfAbsent(operator.value(), operator.value());
        wanted.forEach(this::put);
        active().stream()
                .filter(account -> !wanted.containsKey(account.value()))
                .forEach(this::suspend);
    }

    private void put(String id, String name) {
        Optional<Boolean> suspended = suspended(id);
        if (suspended.isEmpty()) {
            // two nodes may start at once
            jdbc.sql("insert into account (id, name) values (?, ?) on conflict do nothing")
                    .params(id, name)
                    .update();
            LOG.info("Account {} was added", id);
            return;
        }
        jdbc.sql("update account set name = ?, suspended_at = null where id = ?")
                .params(name, id)
                .update();
        if (suspended.get()) {
            reinstated.add(new AccountId(id));
            LOG.info("Account {} is in accounts.yaml again and active", id);
        }
    }

    private void suspend(AccountId account) {
        jdbc.sql("update account set suspended_at = current_timestamp where id = ? and suspended_at is null")
                .param(account.value())
                .update();
        LOG.warn(
                "Account {} is not in accounts.yaml any more: it is suspended, its keys, connections and schedules rest",
                account);
    }
}

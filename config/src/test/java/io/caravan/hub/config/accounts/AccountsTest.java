package io.caravan.hub.config.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.config.files.AccountsFile;
import io.caravan.hub.model.AccountId;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

class AccountsTest {

    private static final AccountId OPERATOR = new AccountId("default");
    private static final AccountId SECOND = new AccountId("second");

    private final DriverManagerDataSource database = new DriverManagerDataSource(
            "jdbc:h2:mem:accounts" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1");

    @BeforeEach
    void tables() {
        new ResourceDatabasePopulator(
                        new ClassPathResource("db/migration/domain/V150__platform.sql"),
                        new ClassPathResource("db/migration/domain/V152__account_state.sql"))
                .execute(database);
    }

    /** A start of the hub with these accounts in the file. */
    private Accounts started(String... ids) {
        Accounts accounts = new Accounts(JdbcClient.create(database));
        accounts.apply(
                new AccountsFile(Stream.of(ids)
                        .collect(Collectors.toMap(
                                id -> id, id -> new AccountsFile.Account("Shop of " + id, null, Map.of())))),
                OPERATOR);
        return accounts;
    }

    @Test
    void shouldPutTheFilesAccountsInPlaceHoweverOftenTheHubStarts() {
        assertThat(started("default", "second").active()).containsExactly(OPERATOR, SECOND);
        assertThat(started("default", "second").active()).containsExactly(OPERATOR, SECOND);
        assertThat(JdbcClient.create(database)
                        .sql("select name from account where id = 'second'")
                        .query(String.class)
                        .single())
                .isEqualTo("Shop of second");
    }

    @Test
    void shouldSuspendAnAccountThatLeftTheFileAndTakeItBackWhenItReturns() {
        started("default", "second");

        Accounts without = started("default");
        assertThat(without.active()).containsExactly(OPERATOR);
        assertThatThrownBy(() -> without.requireActive(SECOND)).hasMessageContaining("suspended", "accounts.yaml");

        Accounts back = started("default", "second");
        assertThat(back.active()).containsExactly(OPERATOR, SECOND);
        assertThat(back.reinstated()).containsExactly(SECOND);
        assertThat(started("default", "second").reinstated()).isEmpty();
    }

    @Test
    void shouldKeepTheOperatorsAccountWhateverTheFileSays() {
        assertThat(started("second").active()).containsExactly(OPERATOR, SECOND);
    }

    @Test
    void shouldNotKnowAnAccountThatNeverWas() {
        assertThatThrownBy(() -> started().requireActive(new AccountId("nobody")))
                .isInstanceOf(NoSuchElementException.class);
    }
}

package io.caravan.hub.config.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class DatabaseAnswersTest {

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void shouldWaitForPostgresqlNoLongerThanTold() {
        environment.setProperty("hub.db.answer", "7s");
        assertThat(properties("jdbc:postgresql://127.0.0.1:1/hub"))
                .containsEntry("socketTimeout", "7")
                .containsEntry("tcpKeepAlive", "true");
    }

    @Test
    void shouldWaitHalfAMinuteUnlessToldOtherwise() {
        assertThat(properties("jdbc:postgresql://127.0.0.1:1/hub")).containsEntry("socketTimeout", "30");
    }

    @Test
    void shouldLeaveTheEmbeddedDatabaseAlone() {
        assertThat(properties("jdbc:h2:mem:answers")).isEmpty();
    }

    @Test
    void shouldGiveUpConnectionsToAnEmbeddedDatabaseThatClosedItself() {
        DatabaseAnswers.ClosedDatabase closed = new DatabaseAnswers.ClosedDatabase();
        assertThat(closed.adjudicate(new SQLException("closed", "90098", 90_098)))
                .isEqualTo(SQLExceptionOverride.Override.MUST_EVICT);
        assertThat(closed.adjudicate(new SQLException("duplicate key", "23505", 23_505)))
                .isEqualTo(SQLExceptionOverride.Override.CONTINUE_EVICT);
    }

    private Properties properties(String url) {
        DatabaseAnswers answers = new DatabaseAnswers();
        answers.setEnvironment(environment);
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(url);
            answers.postProcessBeforeInitialization(pool, "dataSource");
            return pool.getDataSourceProperties();
        }
    }
}

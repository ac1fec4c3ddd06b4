package io.caravan.hub.config.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.db.DatabaseException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class DatabaseAwayTest {

    /** Cut off, shut down, killed, full, too many connections, read-only, locked; H2 closed, broken, disk full. */
    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "57P02", "53100", "53300", "25006", "55P03", "90098", "90067", "90031"})
    void shouldAskTheClientToComeAgainWhenTheDatabaseIsAway(String state) {
        SQLException cause = new SQLException("gone", state);

        Problem problem = Problems.of(new DataAccessResourceFailureException("query", cause));

        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.code()).isEqualTo("database-unavailable");
        assertThat(problem.retryAfterSeconds()).isEqualTo("5");
        assertThat(Problems.of(new DatabaseException("find", cause)).status()).isEqualTo(503);
        assertThat(Problems.of(new IllegalStateException("read", cause)).status())
                .as("whoever wrapped it")
                .isEqualTo(503);
    }

    @Test
    void shouldCallAnEmptyPoolTheSame() {
        SQLException empty = new SQLTransientConnectionException("hub - Connection is not available");
        assertThat(Problems.of(new DatabaseException("find", empty)).status()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"42P01", "23505", "22001"})
    void shouldNotExcuseOurOwnMistakes(String state) {
        SQLException cause = new SQLException("mistake", state);
        assertThat(Problems.of(new UncategorizedSQLException("query", "select", cause))
                        .status())
                .isEqualTo(500);
    }

    @Test
    void shouldSayTheSameOfAFailureThatLeftAFilter() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/error");
        request.setAttribute("jakarta.servlet.error.status_code", 500);
        request.setAttribute(
                "jakarta.servlet.error.exception",
                new DataAccessResourceFailureException("key", new SQLException("gone", "08006")));
        MockHttpServletResponse response = new MockHttpServletResponse();

        new ProblemErrors().error(request, response);

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("5");
    }
}

package io.caravan.hub.config.web;

import io.caravan.hub.model.Causes;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Failures of the database that are none of the request's doing and may be over soon. */
public final class DatabaseAway {

    /**
     * Beginnings of SQLSTATE: connection, conflict, resources (disk, connections), lock, operator (shut down, cancelled),
     * system, read-only; and H2's own for broken, closed, in use, unreadable and read-only databases.
     * <a href="https://www.postgresql.org/docs/17/errcodes-appendix.html">PostgreSQL</a>,
     * <a href="https://www.h2database.com/javadoc/org/h2/api/ErrorCode.html">H2</a>, read November 2026.
     */
    private static final List<String> STATES = List.of(
            "08", "40", "53", "55P03", "57", "58", "25006", "HYT00", "90007", "90020", "90028", "90031", "90067",
            "90097", "90098", "90121");

    private DatabaseAway() {}

    /** 503, when this is why something failed. */
    public static Optional<Problem> of(Throwable failure) {
        return Causes.of(failure)
                .filter(DatabaseAway::away)
                .findFirst()
                .map(away -> Problem.of(
                        503,
                        "database-unavailable",
                        "the database does not answer just now",
                        Map.of(),
                        Duration.ofSeconds(5)));
    }

    private static boolean away(Throwable one) {
        return one instanceof CannotGetJdbcConnectionException
                || one instanceof CannotCreateTransactionException
                || one instanceof TransientDataAccessException
                || one instanceof SQLTransientException
                || one instanceof SQLRecoverableException
                || one instanceof SQLNonTransientConnectionException
                || (one instanceof SQLException sql
                        && sql.getSQLState() != null
                        && STATES.stream().anyMatch(sql.getSQLState()::startsWith));
    }
}

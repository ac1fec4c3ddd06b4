package io.caravan.hub.config.store;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * When a connection is given up. The PostgreSQL driver waits for an answer for ever: behind a connection that went silent (a
 * failover, a firewall that forgot it) requests and work would hang until the system gives it up, about a quarter of an hour.
 * H2 closes itself when its disk is full, with states of its own that the pool does not know: it would hand out the dead
 * connections until a restart, instead of opening the database again.
 */
@Component
class DatabaseAnswers implements BeanPostProcessor, EnvironmentAware {

    private Duration answer = Duration.ofSeconds(30);

    @Override
    public void setEnvironment(Environment environment) {
        answer = DurationStyle.detectAndParse(environment.getProperty("hub.db.answer", "30s"));
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool) {
            String url = String.valueOf(pool.getJdbcUrl());
            if (url.startsWith("jdbc:postgresql:")) {
                // seconds; a value in the URL wins
                pool.addDataSourceProperty("socketTimeout", String.valueOf(Math.max(1, answer.toSeconds())));
                pool.addDataSourceProperty("tcpKeepAlive", "true");
            } else if (url.startsWith("jdbc:h2:")) {
                pool.setExceptionOverrideClassName(ClosedDatabase.class.getName());
            }
        }
        return bean;
    }

    /** Made by the pool, by its name. */
    public static final class ClosedDatabase implements SQLExceptionOverride {

        /** Closed, is being closed, connection broken, file cannot be read or written. */
        private static final Set<Integer> CODES = Set.of(90098, 90121, 90067, 90028, 90031);

        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException failure) {
            return CODES.contains(failure.getErrorCode())
                    ? SQLExceptionOverride.Override.MUST_EVICT
                    : SQLExceptionOverride.Override.CONTINUE_EVICT;
        }
    }
}

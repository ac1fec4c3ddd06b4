package io.caravan.hub.config.store;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * How long a statement may wait for PostgreSQL. The driver's own answer is for ever: behind a connection that went silent (a
 * failover, a firewall that forgot it) requests and work would hang until the system gives the connection up, which is
 * about a quarter of an hour.
 */
@Component
class DatabaseAnswers implements BeanPostProcessor, EnvironmentAware {

    private Duration answer = Duration.ofSeconds(30);

    @Override
    public void setEnvironment(Environment environment) {
        answer = environment.getProperty("hub.db.answer", Duration.class, answer);
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool
                && String.valueOf(pool.getJdbcUrl()).startsWith("jdbc:postgresql:")) {
            // seconds; a value in the URL wins
            pool.addDataSourceProperty("socketTimeout", String.valueOf(Math.max(1, answer.toSeconds())));
            pool.addDataSourceProperty("tcpKeepAlive", "true");
        }
        return bean;
    }
}

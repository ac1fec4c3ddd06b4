package io.caravan.hub.config.connections;

import io.caravan.hub.config.security.AdminKey;
import io.caravan.hub.config.security.MasterKey;
import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.model.AccountId;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class ConnectionsConfiguration {

    /** @param admin makes the account that the connections belong to, hence first */
    @Bean
    HubConnections connections(
            JdbcClient jdbc,
            MasterKey master,
            PlatformTransactionManager transactions,
            CamelContext camel,
            HubProperties hub,
            ConnectionFile file,
            Environment environment,
            ApplicationEventPublisher events,
            AdminKey admin) {
        ConnectionRows rows = new ConnectionRows(jdbc, master);
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        new ConnectionSeed(rows, master, transaction, new AccountId(hub.admin().account())).apply(file, environment);
        return new HubConnections(
                rows,
                transaction,
                new KameletRefresh(camel, camel.createProducerTemplate()),
                hub,
                file,
                Clock.systemUTC(),
                events);
    }
}

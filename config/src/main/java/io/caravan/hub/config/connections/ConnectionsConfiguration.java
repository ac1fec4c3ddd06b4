package io.caravan.hub.config.connections;

import io.caravan.hub.config.accounts.Accounts;
import io.caravan.hub.config.catalogue.Shops;
import io.caravan.hub.config.catalogue.Suppliers;
import io.caravan.hub.config.files.AccountsFile;
import io.caravan.hub.config.security.MasterKey;
import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.port.Writes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class ConnectionsConfiguration {

    @Bean
    ConnectionRows connectionRows(JdbcClient jdbc, MasterKey master) {
        return new ConnectionRows(jdbc, master);
    }

    /** @param accounts are in place before what belongs to them */
    @Bean
    SeededConnections seededConnections(
            ConnectionRows rows,
            MasterKey master,
            PlatformTransactionManager transactions,
            HubProperties hub,
            ConnectionFile file,
            AccountsFile accountsFile,
            Environment environment,
            ApplicationEventPublisher events,
            Accounts accounts) {
        AccountId operator = new AccountId(hub.admin().account());
        List<HubConnections.Restored> changed =
                new ArrayList<>(new ConnectionSeed(rows, master, new TransactionTemplate(transactions))
                        .apply(new ConnectionPlan(file, accountsFile, operator, environment)));
        accounts.reinstated()
                .forEach(account -> rows.list(account)
                        .forEach(row -> changed.add(new HubConnections.Restored(account, row.vendor()))));
        return new SeededConnections(changed, events);
    }

    /** @param seeded put the rows in place */
    @Bean
    HubConnections connections(
            ConnectionRows rows,
            PlatformTransactionManager transactions,
            CamelContext camel,
            HubProperties hub,
            ConnectionFile file,
            ApplicationEventPublisher events,
            SeededConnections seeded) {
        return new HubConnections(
                rows,
                new TransactionTemplate(transactions),
                new KameletRefresh(camel, camel.createProducerTemplate()),
                hub,
                file,
                Clock.systemUTC(),
                events);
    }

    @Bean
    VendorAccounts supplierAccounts(
            Suppliers suppliers,
            ConnectionFile file,
            HubConnections connections,
            ConnectionRows rows,
            MasterKey master,
            Writes writes) {
        List<VendorAccounts.Known> known = suppliers.all().stream()
                .map(one -> new VendorAccounts.Known(one.supplier(), one.name(), one.credentials(), one.note()))
                .toList();
        return new VendorAccounts("supplier", known, file, connections, rows, master, writes);
    }

    @Bean
    VendorAccounts shopAccounts(
            Shops shops,
            ConnectionFile file,
            HubConnections connections,
            ConnectionRows rows,
            MasterKey master,
            Writes writes) {
        List<VendorAccounts.Known> known = shops.all().stream()
                .map(one -> new VendorAccounts.Known(one.shop(), one.name(), one.credentials(), one.note()))
                .toList();
        return new VendorAccounts("shop", known, file, connections, rows, master, writes);
    }

    /** Tells, once work can run, which connections this start has renewed. */
    static final class SeededConnections {

        private final List<HubConnections.Restored> changed;
        private final ApplicationEventPublisher events;

        SeededConnections(List<HubConnections.Restored> changed, ApplicationEventPublisher events) {
            this.changed = changed;
            this.events = events;
        }

        @EventListener(ApplicationReadyEvent.class)
        void tell() {
            changed.forEach(events::publishEvent);
        }
    }
}

package io.caravan.hub.config.accounts;

import io.caravan.hub.config.files.AccountsFile;
import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.model.AccountId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class AccountsConfiguration {

    /** In place before anything that belongs to an account is made: keys and connections ask for this bean. */
    @Bean
    Accounts accounts(JdbcClient jdbc, AccountsFile file, HubProperties hub) {
        Accounts accounts = new Accounts(jdbc);
        accounts.apply(file, new AccountId(hub.admin().account()));
        return accounts;
    }
}

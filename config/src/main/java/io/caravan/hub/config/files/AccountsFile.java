package io.caravan.hub.config.files;

import io.caravan.hub.model.Checks;
import java.util.Map;

/**
 * {@code accounts.yaml}: who there is.
 *
 * @param accounts id to what is known of it
 */
public record AccountsFile(Map<String, Account> accounts) {

    public AccountsFile {
        accounts.keySet().forEach(id -> Checks.id("account", id));
        accounts = Map.copyOf(accounts);
    }

    /** @param name for people, at most 200 characters */
    public record Account(String name) {
        public Account {
            Checks.text("name", name, 200);
        }
    }
}

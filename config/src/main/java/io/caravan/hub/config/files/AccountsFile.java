package io.caravan.hub.config.files;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.caravan.hub.config.connections.ConnectionSection;
import io.caravan.hub.model.Checks;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /**
     * @param name for people, at most 200 characters
     * @param plan of plans.yaml; null: its standard one
     * @param connections vendor to what is the account's own about it; every other vendor is as {@code connections.yaml}
     *     says
     */
    public record Account(String name, @Nullable String plan, Map<String, ConnectionSection> connections) {

        /** Absent keys come as null from the file. */
        @JsonCreator
        static Account of(
                @JsonProperty("name") @Nullable String name,
                @JsonProperty("plan") @Nullable String plan,
                @JsonProperty("connections") @Nullable Map<String, ConnectionSection> connections) {
            if (name == null) {
                throw new IllegalArgumentException("name must be given");
            }
            Checks.text("name", name, 200);
            return new Account(name, plan, connections == null ? Map.of() : Map.copyOf(connections));
        }
    }
}

package io.caravan.hub.config.catalogue;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.port.Connections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The kinds of shop that products go to. */
@Component
public class Shops {

    private final List<ShopEntry> entries;
    private final Connections connections;

    @Autowired
    public Shops(Connections connections) {
        this(Entries.all("shops", ShopEntry.class), connections);
    }

    Shops(List<ShopEntry> entries, Connections connections) {
        this.entries =
                entries.stream().sorted(Comparator.comparing(ShopEntry::shop)).toList();
        this.connections = connections;
    }

    public List<ShopEntry> all() {
        return entries;
    }

    /**
     * The shop that a request means.
     *
     * @param asked null means the preferred one when the account has it, else the account's first
     * @throws IllegalArgumentException naming {@code shop} when there is no such shop, or the account has none
     */
    public String choose(AccountId account, @Nullable String asked, String preferred) {
        List<String> has = entries.stream()
                .map(ShopEntry::shop)
                .filter(shop -> connections.has(account, shop))
                .toList();
        if (asked == null) {
            if (has.isEmpty()) {
                throw new IllegalArgumentException("shop: the account is connected to no shop; known are " + names());
            }
            return has.contains(preferred) ? preferred : has.get(0);
        }
        if (!names().contains(asked)) {
            throw new IllegalArgumentException("shop: there is no " + asked + "; known are " + names());
        }
        if (!has.contains(asked)) {
            throw new IllegalArgumentException("shop: the account is not connected to " + asked);
        }
        return asked;
    }

    private List<String> names() {
        return entries.stream().map(ShopEntry::shop).toList();
    }
}

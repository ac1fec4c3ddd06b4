package io.caravan.hub.config.connections;

import io.caravan.hub.config.files.AccountsFile;
import io.caravan.hub.model.AccountId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.core.env.Environment;

/** Which connections there are to be: each account of the file gets each vendor of {@code connections.yaml}. */
public final class ConnectionPlan {

    private final Map<AccountId, List<ConnectionWish>> wishes = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final ConnectionFile vendors;

    /** @param operator the account that {@code HUB_<VENDOR>_<NAME>} speaks of; it need not be in the file */
    public ConnectionPlan(ConnectionFile vendors, AccountsFile accounts, AccountId operator, Environment environment) {
        this.vendors = vendors;
        Map<String, Map<String, ConnectionSection>> sections = new TreeMap<>();
        sections.put(operator.value(), Map.of());
        accounts.accounts().forEach((id, account) -> sections.put(id, account.connections()));
        sections.forEach((id, own) -> {
            AccountId account = new AccountId(id);
            own.keySet().stream()
                    .filter(vendor -> !vendors.vendors().containsKey(vendor))
                    .forEach(vendor -> faults.add("account " + id + ": connections." + vendor
                            + " is not known here; known are "
                            + new TreeSet<>(vendors.vendors().keySet())));
            List<ConnectionWish> wished = new ArrayList<>();
            new TreeMap<>(vendors.vendors()).forEach((vendor, entry) -> {
                try {
                    wished.add(ConnectionWish.of(
                            vendor,
                            entry,
                            own.getOrDefault(vendor, ConnectionSection.NONE),
                            account.equals(operator),
                            environment));
                } catch (IllegalStateException e) {
                    faults.add("account " + id + ": " + e.getMessage());
                }
            });
            wishes.put(account, wished);
        });
    }

    /** What keeps a connection from being made, with what to do about it; empty when all can be made. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /**
     * Live connections whose vendor signs its events with something that is not given: every event is refused.
     *
     * @return one text each: vendor, a colon, and what is missing
     */
    public List<String> refusedWebhooks() {
        List<String> refused = new ArrayList<>();
        wishes.forEach((account, wished) -> wished.stream()
                .filter(wish -> wish.use() == ConnectionFile.Use.LIVE)
                .forEach(wish -> names(wish.vendor()).stream()
                        .filter(name -> !wish.secrets().containsKey(name)
                                && !wish.settings().containsKey(name))
                        .forEach(name -> refused.add(wish.vendor() + ": account " + account.value()
                                + "'s connection is live without " + ConnectionWish.variable(wish.vendor(), name)))));
        return refused;
    }

    /** What a vendor's entry calls the key or secret of its events. */
    private TreeSet<String> names(String vendor) {
        ConnectionFile.Vendor entry = Objects.requireNonNull(vendors.vendors().get(vendor));
        TreeSet<String> names = new TreeSet<>(entry.secrets().keySet());
        names.addAll(entry.settings().keySet());
        names.addAll(entry.defaults().keySet());
        names.removeIf(name -> !name.startsWith("webhook"));
        return names;
    }

    /** @throws IllegalStateException listing the faults */
    Map<AccountId, List<ConnectionWish>> wishes() {
        if (!faults.isEmpty()) {
            throw new IllegalStateException(String.join("; ", faults));
        }
        return wishes;
    }
}

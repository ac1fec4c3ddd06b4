package io.caravan.hub.config.connections;

import io.caravan.hub.config.files.AccountsFile;
import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.model.AccountId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
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

    /**
     * Hosts that the operator's configuration speaks of, in lower case: where vendors are, and what settings name. They
     * may lie inside the operator's network.
     *
     * @param vendors for where each vendor is
     * @param hub for base URLs
     */
    public Set<String> hosts(ConnectionFile vendors, HubProperties hub) {
        Stream<String> live = vendors.vendors().values().stream().map(entry -> String.valueOf(entry.liveUrl()));
        Stream<String> base = hub.vendor().values().stream().map(vendor -> String.valueOf(vendor.baseUrl()));
        Stream<String> set =
                wishes.values().stream().flatMap(List::stream).flatMap(wish -> wish.settings().values().stream());
        Set<String> hosts = new TreeSet<>();
        Stream.of(live, base, set, Stream.of(hub.sandbox().url().toString()))
                .flatMap(texts -> texts)
                .filter(text -> text.startsWith("http://") || text.startsWith("https://"))
                .forEach(text -> {
                    try {
                        String host = new URI(text.strip()).getHost();
                        if (host != null) {
                            hosts.add(host.toLowerCase(Locale.ROOT));
                        }
                    } catch (URISyntaxException notOne) {
                        // the connector that uses it says so
                    }
                });
        return Set.copyOf(hosts);
    }

    /** @throws IllegalStateException listing the faults */
    Map<AccountId, List<ConnectionWish>> wishes() {
        if (!faults.isEmpty()) {
            throw new IllegalStateException(String.join("; ", faults));
        }
        return wishes;
    }
}

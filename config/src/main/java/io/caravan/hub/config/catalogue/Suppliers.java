package io.caravan.hub.config.catalogue;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Checks;
import io.caravan.hub.model.port.Connections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The suppliers that there are, and which of them an address or a name means. */
@Component
public class Suppliers {

    /** Where a product is: the supplier and its own id of the product. */
    public record Source(String supplier, String productId, String url) {}

    private static final int LONGEST_URL = 2_000;

    private final List<SupplierEntry> entries;
    private final Connections connections;

    @Autowired
    public Suppliers(Connections connections) {
        this(Entries.all("suppliers", SupplierEntry.class), connections);
    }

    Suppliers(List<SupplierEntry> entries, Connections connections) {
        Set<String> fallbacks = entries.stream()
                .map(SupplierEntry::fallback)
                .filter(java.util.Objects::nonNull)
                .collect(Collectors.toSet());
        this.entries = entries.stream()
                .sorted(Comparator.comparing((SupplierEntry entry) -> fallbacks.contains(entry.supplier()))
                        .thenComparing(SupplierEntry::supplier))
                .toList();
        this.connections = connections;
    }

    /** Those that others fall back to come last. */
    public List<SupplierEntry> all() {
        return entries;
    }

    /**
     * @throws IllegalArgumentException naming {@code supplier} and the suppliers that there are
     */
    public SupplierEntry get(String supplier) {
        return find(supplier)
                .orElseThrow(() -> new IllegalArgumentException("supplier: there is no " + supplier + "; known are "
                        + entries.stream().map(SupplierEntry::supplier).toList()));
    }

    public Optional<SupplierEntry> find(@Nullable String supplier) {
        return entries.stream()
                .filter(entry -> entry.supplier().equals(supplier))
                .findFirst();
    }

    /**
     * @param request with {@code source_url}, or with {@code supplier} and {@code product_id}
     * @throws IllegalArgumentException naming the member that is missing or that nobody knows
     */
    public Source source(AccountId account, Map<String, ?> request) {
        if (request.get("source_url") instanceof String url) {
            return at(account, Checks.text("source_url", url.strip(), LONGEST_URL));
        }
        if (request.get("supplier") instanceof String supplier && request.get("product_id") instanceof String id) {
            SupplierEntry entry = get(supplier);
            if (!entry.productIds().matcher(id).matches()) {
                throw new IllegalArgumentException("product_id: " + entry.name() + " has no such ids");
            }
            return new Source(supplier, id, supplier + ":" + id);
        }
        throw new IllegalArgumentException("source_url: is missing; give it, or supplier and product_id");
    }

    /** The first supplier whose address it is and that the account can ask; else the first whose address it is. */
    private Source at(AccountId account, String url) {
        List<Source> known = entries.stream()
                .flatMap(entry -> entry.productIn(url).map(id -> new Source(entry.supplier(), id, url)).stream())
                .toList();
        return known.stream()
                .filter(source -> connections.has(account, source.supplier()))
                .findFirst()
                .or(() -> known.stream().findFirst())
                .orElseThrow(() -> new IllegalArgumentException(
                        "source_url: shows no product of a supplier that is known here; known are "
                                + entries.stream().map(SupplierEntry::name).toList()));
    }
}

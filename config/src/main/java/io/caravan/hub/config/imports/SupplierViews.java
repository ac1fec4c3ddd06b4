package io.caravan.hub.config.imports;

import io.caravan.hub.config.catalogue.SupplierEntry;
import io.caravan.hub.config.catalogue.Suppliers;
import io.caravan.hub.enrich.product.ImportPrice;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.port.Connections;
import io.caravan.hub.model.product.DraftVariant;
import io.caravan.hub.model.product.ProductDraft;
import io.caravan.hub.model.supplier.ShippingOption;
import io.caravan.hub.model.supplier.SupplierHit;
import io.caravan.hub.model.supplier.SupplierPage;
import io.caravan.hub.model.supplier.SupplierProduct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Bean {@code supplierViews}: suppliers and their products as the API shows them. */
@Component("supplierViews")
public class SupplierViews {

    private final Suppliers suppliers;
    private final Connections connections;

    public SupplierViews(Suppliers suppliers, Connections connections) {
        this.suppliers = suppliers;
        this.connections = connections;
    }

    public Map<String, @Nullable Object> page(@Variable(Names.ACCOUNT) AccountId account) {
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put(
                "items",
                suppliers.all().stream().map(entry -> view(account, entry)).toList());
        page.put("next", null);
        return page;
    }

    private Map<String, @Nullable Object> view(AccountId account, SupplierEntry entry) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("supplier", entry.supplier());
        view.put("name", entry.name());
        view.put("connected", connections.has(account, entry.supplier()));
        view.put("capabilities", entry.capabilities());
        view.put("credentials", entry.credentials());
        view.put("fallback", entry.fallback());
        view.put("note", entry.note());
        return view;
    }

    /** @throws RuntimeException why there is no page, as kept in the variable {@code failure} */
    public Map<String, @Nullable Object> hits(
            @Body @Nullable SupplierPage found,
            @Variable("failure") @Nullable RuntimeException failure,
            Exchange exchange) {
        if (found == null) {
            throw Untold.of(failure, exchange);
        }
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("items", found.hits().stream().map(SupplierViews::hit).toList());
        page.put("next", found.next());
        page.put("total", found.total());
        return page;
    }

    private static Map<String, @Nullable Object> hit(SupplierHit hit) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("supplier", hit.supplier());
        view.put("product_id", hit.externalId());
        view.put("url", hit.url().toString());
        view.put("title", hit.title());
        view.put("image", hit.image());
        view.put("price_from", money(hit.from()));
        view.put("price_to", money(hit.to()));
        view.put("sold", hit.sold());
        view.put("rating", hit.rating());
        return view;
    }

    /** Everything that an import would keep, before it fetches pictures. */
    public Map<String, @Nullable Object> preview(
            @Variable("import") Map<String, Object> row,
            @Variable("told") SupplierProduct told,
            @Variable("draft") ProductDraft draft,
            @Variable("prices") Map<String, ImportPrice> prices,
            @Variable("margin") int marginPermille,
            @Variable("shipping") List<ShippingOption> shipping,
            @Variable("stale") @Nullable String stale) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("supplier", told.supplier());
        view.put("product_id", told.externalId());
        view.put("source_url", row.get("source_url"));
        view.put("shop", row.get("shop"));
        view.put("available", told.available());
        view.put("title", draft.title());
        view.put("description_html", draft.descriptionHtml());
        view.put("images", draft.imageUrls());
        view.put("options", draft.options());
        view.put(
                "variants",
                draft.variants().stream()
                        .map(variant -> variant(variant, Objects.requireNonNull(prices.get(variant.key()))))
                        .toList());
        view.put("shipping", shipping.stream().map(SupplierViews::shipping).toList());
        view.put("margin_percent", marginPermille / 10.0);
        view.put("losses", draft.losses());
        view.put("notes", draft.notes());
        view.put("fetched_at", told.fetchedAt().toString());
        view.put("stale", stale != null);
        return view;
    }

    private static Map<String, @Nullable Object> variant(DraftVariant variant, ImportPrice price) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("key", variant.key());
        view.put("sku", variant.sku());
        view.put("options", variant.options());
        view.put("cost", money(variant.cost()));
        view.put("price", money(price.price()));
        view.put("compare_at", price.compareAt() == null ? null : money(price.compareAt()));
        view.put("margin_percent", Double.valueOf(price.marginPercent()));
        view.put("stock", variant.stock());
        view.put("image", variant.imageUrl());
        view.put("reasons", price.reasons());
        return view;
    }

    private static Map<String, @Nullable Object> shipping(ShippingOption option) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("service", option.service());
        view.put("cost", money(option.cost()));
        view.put("min_days", option.minDays());
        view.put("max_days", option.maxDays());
        view.put("ships_from", option.shipsFrom());
        view.put("tracked", option.tracked());
        return view;
    }

    private static Map<String, Object> money(Money money) {
        return Map.of(
                "amount_minor", money.minor(), "currency", money.currency().getCurrencyCode());
    }
}

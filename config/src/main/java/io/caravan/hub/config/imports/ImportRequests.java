package io.caravan.hub.config.imports;

import io.caravan.hub.config.catalogue.Shops;
import io.caravan.hub.config.catalogue.SupplierEntry;
import io.caravan.hub.config.catalogue.Suppliers;
import io.caravan.hub.config.catalogue.Suppliers.Source;
import io.caravan.hub.config.store.Imports;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.port.Connections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.language.simple.Simple;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Bean {@code importRequests}: what a request means, and the answer that it was accepted. */
@Component("importRequests")
public class ImportRequests {

    /** Members of a request that the import keeps as its wish; the others say which product and which shop. */
    private static final List<String> WISHES =
            List.of("title", "markup_percent", "compare_at_percent", "tags", "publish", "ship_to");

    private static final String SEARCH_SIZE = "20";

    private final Suppliers suppliers;
    private final Shops shops;
    private final Connections connections;
    private final Imports imports;
    private final ImportDefaults defaults;

    public ImportRequests(
            Suppliers suppliers, Shops shops, Connections connections, Imports imports, ImportDefaults defaults) {
        this.suppliers = suppliers;
        this.shops = shops;
        this.connections = connections;
        this.imports = imports;
        this.defaults = defaults;
    }

    /**
     * Opens the import that the request asks for.
     *
     * @return payload of {@code import.fetch}
     */
    public Map<String, Object> request(
            @Variable(Names.ACCOUNT) AccountId account,
            @Body Map<String, Object> request,
            @Simple("${exchange.clock.created}") long began) {
        return imports.open(account, order(account, request, "request", null), began);
    }

    /**
     * @param origin where the wish for the import came from
     * @throws IllegalArgumentException naming the member that is wrong
     */
    public Imports.Order order(
            AccountId account, Map<String, Object> request, String origin, @Nullable String originId) {
        Source source = suppliers.source(account, request);
        able(account, suppliers.get(source.supplier()), "product");
        String shop = shop(account, request);
        Map<String, Object> wish = new LinkedHashMap<>();
        WISHES.forEach(name -> {
            if (request.get(name) != null) {
                wish.put(name, request.get(name));
            }
        });
        return new Imports.Order(shop, source.supplier(), source.productId(), source.url(), wish, origin, originId);
    }

    /** @throws IllegalArgumentException naming the shop that the account is not connected to */
    String shop(AccountId account, Map<String, Object> request) {
        Object asked = request.get("shop");
        return shops.choose(account, asked == null ? null : asked.toString(), defaults.shop());
    }

    /**
     * The supplier that is to be searched.
     *
     * @throws IllegalArgumentException when it cannot search, or its matches not be imported
     */
    String searching(AccountId account, Map<String, Object> request) {
        SupplierEntry supplier =
                request.get("supplier") instanceof String asked ? suppliers.get(asked) : firstSearching(account);
        able(account, supplier, "search");
        able(account, supplier, "product");
        return supplier.supplier();
    }

    private void able(AccountId account, SupplierEntry supplier, String capability) {
        if (!supplier.can(capability)) {
            throw new IllegalArgumentException("supplier: " + supplier.name() + " does not offer " + capability
                    + " here" + (supplier.note().isEmpty() ? "" : "; " + supplier.note()));
        }
        if (!connections.has(account, supplier.supplier())) {
            throw new IllegalArgumentException("supplier: the account is not connected to " + supplier.name());
        }
    }

    /**
     * The same as an import until its pictures: sets the variables that its first steps read.
     *
     * @return what {@code imports-product} is asked for
     */
    public Map<String, Object> preview(
            @Variable(Names.ACCOUNT) AccountId account, @Body Map<String, Object> request, Exchange exchange) {
        Imports.Order order = order(account, request, "request", null);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", order.id(account));
        row.put("supplier", order.supplier());
        row.put("product_id", order.externalId());
        row.put("source_url", order.sourceUrl());
        row.put("shop", order.shop());
        row.put("wish", order.wish());
        exchange.setVariable("import", row);
        direct(exchange, order.supplier(), order.shop());
        return ask(account, row);
    }

    /** Sets the variables {@code source}, {@code fallback} and {@code shop}. */
    void direct(Exchange exchange, String supplier, String shop) {
        exchange.setVariable("source", supplier);
        exchange.setVariable("shop", shop);
        String fallback = suppliers.find(supplier).map(SupplierEntry::fallback).orElse(null);
        exchange.removeVariable("fallback");
        if (fallback != null && connections.has(exchange.getVariable(Names.ACCOUNT, AccountId.class), fallback)) {
            exchange.setVariable("fallback", fallback);
        }
    }

    /** Body of a supplier's product Kamelet: {@code {product_id, ship_to, currency, language}}. */
    Map<String, Object> ask(AccountId account, Map<String, Object> row) {
        Object shipTo = row.get("wish") instanceof Map<?, ?> wish ? wish.get("ship_to") : null;
        return Map.of(
                "product_id",
                String.valueOf(row.get("product_id")),
                "ship_to",
                shipTo == null ? defaults.shipTo() : shipTo.toString(),
                "currency",
                currency(account, String.valueOf(row.get("shop"))),
                "language",
                defaults.language());
    }

    /** The shop's, which suppliers are asked in: what need not be converted cannot be converted wrongly. */
    String currency(AccountId account, String shop) {
        return connections.use(account, shop).settingOr("currency", "USD");
    }

    boolean publishes(Map<?, ?> wish) {
        return wish.get("publish") instanceof Boolean said ? said : defaults.publish();
    }

    /** Body of a supplier's search Kamelet; sets the variable {@code source}. */
    public Map<String, Object> search(
            @Variable(Names.ACCOUNT) AccountId account,
            @Variable("query") Map<String, String> query,
            Exchange exchange) {
        String asked = query.get("supplier");
        SupplierEntry supplier = asked != null ? suppliers.get(asked) : firstSearching(account);
        able(account, supplier, "search");
        exchange.setVariable("source", supplier.supplier());
        return Map.of(
                "q", query.get("q"),
                "page", query.getOrDefault("cursor", ""),
                "size", Integer.valueOf(query.getOrDefault("limit", SEARCH_SIZE)),
                "ship_to", query.getOrDefault("ship_to", defaults.shipTo()),
                "currency", query.getOrDefault("currency", "USD"),
                "language", defaults.language());
    }

    private SupplierEntry firstSearching(AccountId account) {
        return suppliers.all().stream()
                .filter(entry -> entry.can("search") && connections.has(account, entry.supplier()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "supplier: the account is connected to no supplier that can search"));
    }

    /**
     * Keeps why a supplier did not answer, or was not even asked since its connector refuses the words, in the variable
     * {@code failure}, for the route that shows it; body out: nothing.
     */
    public @Nullable Object failed(
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) RuntimeException failure, Exchange exchange) {
        exchange.setVariable("failure", failure);
        return null;
    }

    /** 202, and where to ask. */
    public void accepted(Exchange exchange, @Variable(Names.JOB) String job, @Body Map<String, Object> payload) {
        String id = String.valueOf(payload.get("import_id"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", id);
        answer.put("status", "pending");
        answer.put("job_id", job);
        answer.put("location", "/api/v1/imports/" + id);
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
        message.setHeader("Location", "/api/v1/jobs/" + job);
        message.setBody(answer);
    }
}

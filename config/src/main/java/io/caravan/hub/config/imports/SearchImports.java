package io.caravan.hub.config.imports;

import io.caravan.hub.config.store.ImportBatches;
import io.caravan.hub.config.store.ImportBatches.Search;
import io.caravan.hub.config.store.ImportQuota;
import io.caravan.hub.config.store.Imports;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.supplier.SupplierHit;
import io.caravan.hub.model.supplier.SupplierPage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/** Bean {@code searchImports}: what a supplier finds for some words is imported, a page at a time. */
@Component("searchImports")
public class SearchImports {

    private static final int STANDARD = 20;
    private static final int LARGEST_PAGE = 50;
    /** A supplier that gives a next page for ever is not followed for ever. */
    private static final int MOST_PAGES = 100;

    private final ImportRequests requests;
    private final Imports imports;
    private final ImportBatches batches;
    private final ImportQuota quota;
    private final int most;

    public SearchImports(
            ImportRequests requests,
            Imports imports,
            ImportBatches batches,
            ImportQuota quota,
            ImportAutomation automation) {
        this.requests = requests;
        this.imports = imports;
        this.batches = batches;
        this.quota = quota;
        this.most = automation.search().most();
    }

    /**
     * Keeps what is to be searched.
     *
     * @return payload of {@code import.search}
     * @throws IllegalArgumentException naming the member that is wrong
     * @throws io.caravan.hub.config.web.Refusal 402 when the account's plan does not hold even one import
     */
    public Map<String, Object> accept(@Variable(Names.ACCOUNT) AccountId account, @Body Map<String, Object> request) {
        int limit = request.get("limit") instanceof Number said ? said.intValue() : Math.min(STANDARD, most);
        if (limit > most) {
            throw new IllegalArgumentException("limit: at most " + most + " products of one search are imported here");
        }
        Map<String, Object> search = new LinkedHashMap<>(request);
        String supplier = requests.searching(account, request);
        search.put("supplier", supplier);
        search.put("shop", requests.shop(account, request));
        search.put("limit", limit);
        quota.room(account).check(supplier, "search");
        String id = Refs.of(account.value(), "import-batch", UUID.randomUUID().toString());
        batches.openSearch(account, id, limit, search);
        return new LinkedHashMap<>(Map.of("batch_id", id));
    }

    /**
     * Sets the variables {@code search}, {@code batch} (payload of the next item), {@code source} and {@code open}: whether
     * there is a page to read.
     *
     * @return body of a supplier's search Kamelet
     */
    public Map<String, Object> page(
            @Variable(Names.ACCOUNT) AccountId account, @Body Map<String, Object> payload, Exchange exchange) {
        Search search = batches.search(account, payload);
        exchange.setVariable("search", search);
        exchange.setVariable("batch", Map.of("batch_id", search.id()));
        exchange.setVariable("open", search.read() < search.limit());
        exchange.setVariable("more", false);
        Map<String, String> query = new LinkedHashMap<>();
        for (String name : List.of("supplier", "q", "ship_to")) {
            if (search.request().get(name) instanceof String text) {
                query.put(name, text);
            }
        }
        query.put("cursor", search.nextPage());
        // the same for all pages: a supplier counts pages in it
        query.put("limit", String.valueOf(Math.min(search.limit(), LARGEST_PAGE)));
        return requests.search(account, query, exchange);
    }

    /**
     * Opens the imports of a page's matches and keeps each one's result. Sets the variable {@code more}.
     *
     * @return payloads of {@code import.fetch}
     */
    public List<Map<String, Object>> matches(
            @Variable(Names.ACCOUNT) AccountId account,
            @Variable("search") Search search,
            @Body SupplierPage found,
            Exchange exchange) {
        BatchSlice slice = new BatchSlice(
                imports,
                batches,
                account,
                search.id(),
                quota.room(account),
                exchange.getClock().getCreated());
        int left = search.limit() - search.read();
        for (SupplierHit hit :
                found.hits().subList(0, Math.min(left, found.hits().size()))) {
            long line = search.read() + slice.rows().size() + 1L;
            slice.take(
                    line,
                    hit.url().toString(),
                    () -> requests.order(account, request(search, hit), "search", search.id()));
        }
        boolean full = search.read() + slice.rows().size() >= search.limit();
        String next = full || search.pages() + 1 >= MOST_PAGES ? null : found.next();
        batches.advance(account, search, slice.rows(), next);
        exchange.setVariable("more", next != null);
        return slice.opened();
    }

    private static Map<String, Object> request(Search search, SupplierHit hit) {
        Map<String, Object> request = new LinkedHashMap<>(search.request());
        request.put("supplier", hit.supplier());
        request.put("product_id", hit.externalId());
        return request;
    }
}

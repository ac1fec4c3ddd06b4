package io.caravan.hub.connectors.tiktok;

import io.caravan.hub.model.Checks;
import io.caravan.hub.model.VendorException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Reads a dataset page by page through the exchange variable {@value #PAGE}, a {@link TiktokPage}. The end is where the
 * offset reaches the told total: a page of a cleaned dataset may hold fewer rows than were asked for, even none.
 */
public final class DatasetPages {

    static final String PAGE = "tiktokPage";

    private long limit = 100;
    private long maxItems = 10_000;

    /** Rows of a page. */
    public void setLimit(long limit) {
        this.limit = Checks.within("limit", limit, 1, 1_000);
    }

    /** Offset at which reading stops, whatever the total. */
    public void setMaxItems(long maxItems) {
        this.maxItems = Checks.within("maxItems", maxItems, 1, 100_000);
    }

    /** Shape: in, the run as a Map, of which {@code defaultDatasetId} is used. */
    public void begin(Exchange exchange) {
        Object id = exchange.getMessage().getBody(Map.class).get("defaultDatasetId");
        if (!(id instanceof String datasetId)) {
            throw RunWatch.failure(RunWatch.UNREAD, "the run names no dataset");
        }
        exchange.setVariable(
                PAGE,
                new TiktokPage(ApiRoot.of(exchange), Checks.id("dataset id", datasetId), 0, true, List.of(), 0, 0));
    }

    /**
     * Shape: in, the parsed page, a List, or the failure to get it: the page is read again then, since its run is paid for.
     *
     * @throws VendorException of kind TRANSIENT when the page cannot be read
     */
    public void add(Exchange exchange) {
        Object answer = exchange.getMessage().getBody();
        TiktokPage before = exchange.getVariable(PAGE, TiktokPage.class);
        if (!(answer instanceof List<?> page)) {
            VendorException why = answer instanceof VendorException failure
                    ? failure
                    : RunWatch.failure("unreadable", "the dataset's page is not an array");
            TiktokPage next = before.stumbled();
            exchange.setVariable(PAGE, next);
            if (next.stumbles() > TiktokRun.REPETITIONS) {
                throw RunWatch.unread(why);
            }
            return;
        }
        Long total = exchange.getMessage().getHeader("X-Apify-Pagination-Total", Long.class);
        long next = before.offset() + limit;
        boolean more = total == null ? page.size() >= limit : next < total;
        exchange.setVariable(PAGE, before.then(page, next, more && next < maxItems));
    }

    /** Shape: out, all rows as a List. */
    public void finish(Exchange exchange) {
        exchange.getMessage()
                .setBody(exchange.getVariable(PAGE, TiktokPage.class).rows());
        exchange.removeVariable(PAGE);
    }
}

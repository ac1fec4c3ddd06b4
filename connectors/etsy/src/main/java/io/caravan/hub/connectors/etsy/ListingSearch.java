package io.caravan.hub.connectors.etsy;

import io.caravan.hub.connectors.egress.VendorText;
import io.caravan.hub.model.delivery.VendorObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Pages through a shop for the listings of one reference: all drafts, and the active and inactive ones of the last 30
 * days, newest first. A draft is ours by its temporary tag. A live one has lost that tag: it is ours by our SKU, or, when
 * no stock was set, by title, description and tags together. The same listing on two pages counts once.
 */
public final class ListingSearch {

    private static final int PAGE = 100;
    /** Etsy cuts searches off here. */
    private static final int LAST_OFFSET = 12_000;

    /** Longer than any effect is in doubt: after 36 hours it is dead, and a restore looks back one day. */
    private static final Duration HORIZON = Duration.ofDays(30);

    private final String shopId;
    private final ListingRequest request;
    private final String tag;
    private final long oldest;
    private final List<String> states = List.of("draft", "active", "inactive");
    private final Map<Long, Map<String, Object>> found = new TreeMap<>();
    private final Set<String> seen = new HashSet<>();
    private int state;
    private int offset;

    ListingSearch(String shopId, ListingRequest request, String tag, Instant now) {
        this.shopId = shopId;
        this.request = request;
        this.tag = tag;
        this.oldest = now.minus(HORIZON).getEpochSecond();
    }

    /** Whether another page is to be read. */
    public boolean more() {
        return state < states.size();
    }

    /** The next page's request. */
    public EtsyCall call() {
        String query = "state=" + states.get(state) + "&limit=" + PAGE + "&offset=" + offset
                + "&sort_on=created&sort_order=desc" + (state == 0 ? "" : "&includes=Inventory") + "&";
        return EtsyCall.get("/shops/" + shopId + "/listings", query);
    }

    void take(Map<String, Object> page) {
        if (!(page.get("results") instanceof List<?> results)) {
            throw EtsyJson.unreadable("a page of listings without results");
        }
        boolean past = false;
        for (Object one : results) {
            Map<String, Object> listing = EtsyJson.map(one);
            long created = EtsyJson.number(listing, "created_timestamp");
            seen.add(EtsyJson.id(listing, "listing_id"));
            past |= state > 0 && created > 0 && created < oldest;
            if (ours(listing)) {
                found.put(Long.valueOf(EtsyJson.id(listing, "listing_id")), listing);
            }
        }
        offset += PAGE;
        // listings move between pages while we read: a repeated one hides another, so the end is where `count` are seen
        long count = page.get("count") == null ? Long.MAX_VALUE : EtsyJson.number(page, "count");
        boolean end = results.isEmpty() || seen.size() >= count || offset > LAST_OFFSET;
        if (past || end) {
            state++;
            offset = 0;
            seen.clear();
        }
    }

    /** Live ones first, then the oldest first: the first is the one to keep. */
    public List<VendorObject> found() {
        EtsyListingMapper mapper = new EtsyListingMapper();
        return found.values().stream()
                .map(mapper::listing)
                .sorted(Comparator.comparing(listing -> listing.state().equals("draft")))
                .toList();
    }

    private boolean ours(Map<String, Object> listing) {
        List<?> tags = EtsyJson.list(listing.get("tags"));
        if (EtsyListingMapper.foldedTags(tags).contains(tag)) {
            return true;
        }
        if (state == 0) {
            return false;
        }
        Set<String> skus = skus(listing);
        return skus.isEmpty() || request.sku().isEmpty() ? words(listing, tags) : skus.contains(request.sku());
    }

    private static Set<String> skus(Map<String, Object> listing) {
        Set<String> skus = new HashSet<>();
        EtsyJson.list(listing.get("skus")).forEach(sku -> skus.add(String.valueOf(sku)));
        EtsyJson.list(EtsyJson.map(listing.get("inventory")).get("products"))
                .forEach(product -> skus.add(EtsyJson.text(EtsyJson.map(product), "sku")));
        skus.remove("");
        return skus;
    }

    private boolean words(Map<String, Object> listing, List<?> tags) {
        return !request.title().isEmpty()
                && VendorText.same(request.title(), EtsyJson.text(listing, "title"))
                && VendorText.same(request.description(), EtsyJson.text(listing, "description"))
                && EtsyListingMapper.foldedTags(request.tags()).equals(EtsyListingMapper.foldedTags(tags));
    }
}

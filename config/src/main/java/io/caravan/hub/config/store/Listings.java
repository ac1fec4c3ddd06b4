package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.listing.Offer;
import io.caravan.hub.model.port.Writes;
import java.time.Clock;
import java.time.Instant;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.apache.camel.language.simple.Simple;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * What is for sale: {@code draft -> publishing -> live}, or {@code failed} (a person may retry) or {@code abandoned}
 * (taken back). {@link ListingWork} opens it; each change is only made from a state that allows it.
 */
@Component("listings")
public class Listings {

    private final Writes writes;
    private final Clock clock;
    private final StoreSettings settings;
    private final TimePages pages;
    private final StateMoves moves;

    Listings(
            Writes writes,
            Journal journal,
            Clock clock,
            StoreSettings settings,
            @Qualifier("listingPages") TimePages pages) {
        this.writes = writes;
        this.clock = clock;
        this.settings = settings;
        this.pages = pages;
        this.moves = new StateMoves("listing", "listing", writes, journal, clock);
    }

    /** Of {@code listing.publish}. */
    static Map<String, Object> payload(String id, String imageId, String ideaId, String trendId, int generation) {
        return new LinkedHashMap<>(Map.of(
                "listing_id",
                id,
                "image_id",
                imageId,
                "idea_id",
                ideaId,
                "trend_id",
                trendId,
                "generation",
                generation));
    }

    /** Draft to publishing, with a new deadline; belongs in the unit that sends {@code work:listing.publish}. */
    public void start(
            @Variable("account") AccountId account,
            @Body Map<String, Object> payload,
            @Simple(Journal.BEGAN) long began) {
        String id = Item.id(payload, "listing_id");
        Instant deadline = clock.instant().plus(settings.listings().deadline());
        moves.move(
                account,
                id,
                "publishing",
                "'draft'",
                "listing.publishing",
                List.of(),
                began,
                ", deadline = ?",
                deadline);
    }

    /** Keeps what is to be offered. */
    public void compose(
            @Variable("account") AccountId account, @Variable("item") Map<String, Object> item, @Body Offer offer) {
        String id = Item.id(item, "listing_id");
        Instant now = clock.instant();
        writes.write(
                "listing composed",
                connection -> Sql.guarded(
                        connection,
                        "listing " + id + " is not being published",
                        "update listing set title = ?, description = ?, tags = ?, price_minor = ?, currency = ?, sku = ?,"
                                + " updated_at = ? where account = ? and id = ? and state in ('draft', 'publishing')",
                        offer.title(),
                        offer.description(),
                        Json.text(offer.tags()),
                        offer.price().minor(),
                        offer.price().currency().getCurrencyCode(),
                        offer.sku(),
                        now,
                        account.value(),
                        id));
    }

    /** Keeps the id of the Printify product. */
    public void product(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Body VendorObject product) {
        String id = Item.id(item, "listing_id");
        Instant now = clock.instant();
        writes.write(
                "printify product",
                connection -> Sql.guarded(
                        connection,
                        "there is no listing " + id,
                        "update listing set printify_product_id = ?, updated_at = ? where account = ? and id = ?",
                        product.id(),
                        now,
                        account.value(),
                        id));
    }

    /**
     * Publishing (or failed, when a vendor was late) to live.
     *
     * @param listed the Etsy listing; its address is the fact {@code url}
     */
    public void live(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Body VendorObject listed,
            @Simple(Journal.BEGAN) long began) {
        String id = Item.id(item, "listing_id");
        Object url = listed.facts().get("url");
        Instant now = clock.instant();
        moves.move(
                account,
                id,
                "live",
                "'publishing', 'failed'",
                "listing.live",
                List.of(),
                began,
                ", etsy_listing_id = ?, url = ?, deadline = null, live_at = ?",
                listed.id(),
                url == null ? null : url.toString(),
                now);
    }

    /** Draft or publishing to failed: a person may retry. */
    public void fail(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Variable("reasons") @Nullable Object reasons,
            @Simple(Journal.BEGAN) long began) {
        String id = Item.id(item, "listing_id");
        moves.move(
                account,
                id,
                "failed",
                "'draft', 'publishing'",
                "listing.failed",
                Texts.of(reasons),
                began,
                ", deadline = null");
    }

    /** Draft, publishing or failed to abandoned: what was made at vendors is taken back. */
    public void abandon(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Variable("reasons") @Nullable Object reasons,
            @Simple(Journal.BEGAN) long began) {
        String id = Item.id(item, "listing_id");
        String from = "'draft', 'publishing', 'failed'";
        moves.move(account, id, "abandoned", from, "listing.abandoned", Texts.of(reasons), began, ", deadline = null");
    }

    /**
     * Failed or abandoned to publishing again, with a new deadline.
     *
     * @return payload of {@code listing.publish}, its generation one higher
     * @throws NoSuchElementException when the account has no such listing
     * @throws ConcurrentModificationException when it is in another state
     */
    public Map<String, Object> retry(
            @Variable("account") AccountId account,
            @Variable("path") Map<String, Object> path,
            @Simple(Journal.BEGAN) long began) {
        String id = Item.id(path, "id");
        Map<String, Object> listing = pages.row(account, id);
        if (!List.of("failed", "abandoned").contains(String.valueOf(listing.get("state")))) {
            throw new ConcurrentModificationException("listing " + id + " is " + listing.get("state"));
        }
        int generation = Item.generation(listing) + 1;
        moves.move(
                account,
                id,
                "publishing",
                "'failed', 'abandoned'",
                "listing.publishing",
                List.of(),
                began,
                ", generation = ?, deadline = ?",
                generation,
                clock.instant().plus(settings.listings().deadline()));
        return payload(
                id,
                String.valueOf(listing.get("image_id")),
                String.valueOf(listing.get("idea_id")),
                String.valueOf(listing.get("trend_id")),
                generation);
    }

    /**
     * A listing as the API shows it, for routes.
     *
     * @param item with {@code listing_id}
     */
    public Map<String, Object> load(
            @Variable("account") AccountId account, @Variable("item") Map<String, Object> item) {
        return pages.row(account, Item.id(item, "listing_id"));
    }
}

package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.listing.Offer;
import io.caravan.hub.model.port.Writes;
import java.sql.ResultSet;
import java.sql.SQLException;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What is for sale: {@code draft -> publishing -> live}, or {@code failed} (a person may retry) or {@code abandoned}
 * (taken back). Each change is only made from a state that allows it.
 */
@Component("listings")
public class Listings {

    private final JdbcClient reads;
    private final Writes writes;
    private final Journal journal;
    private final Clock clock;
    private final StoreSettings settings;
    private final TimePages pages;

    public Listings(JdbcClient reads, Writes writes, Journal journal, Clock clock, StoreSettings settings) {
        this.reads = reads;
        this.writes = writes;
        this.journal = journal;
        this.clock = clock;
        this.settings = settings;
        this.pages = new TimePages(reads, "listing", ListingView::of);
    }

    /**
     * Opens the listing of an approved picture.
     *
     * @param request with {@code image_id}; with {@code idea_id} and {@code trend_id} too (the payload of
     *     {@code image.create}) the picture may be approved in this very unit
     * @return payload of {@code listing.publish}
     * @throws NoSuchElementException when the account has no such image
     * @throws ConcurrentModificationException when it is not approved, or the idea has a listing already
     */
    public Map<String, Object> request(
            @Variable("account") AccountId account,
            @Body @Nullable Map<String, Object> request,
            @Simple(Journal.BEGAN) long began) {
        Map<String, Object> item = request != null && request.containsKey("idea_id") && request.containsKey("trend_id")
                ? request
                : approved(account, Item.id(request, "image_id"));
        Map<String, Object> payload = open(account, item, began);
        if (payload == null) {
            throw new ConcurrentModificationException("this idea has a listing already: "
                    + id(account, Item.id(item, "idea_id")) + "; retry that one or ask for another idea");
        }
        return payload;
    }

    private Map<String, Object> approved(AccountId account, String imageId) {
        return reads.sql("select i.state, i.idea_id, d.trend_id from image i join idea d"
                        + " on d.account = i.account and d.id = i.idea_id where i.account = ? and i.id = ?")
                .params(account.value(), imageId)
                .query((row, n) -> {
                    if (!row.getString("state").equals("approved")) {
                        throw new ConcurrentModificationException(
                                "image " + imageId + " is " + row.getString("state") + ", not approved");
                    }
                    return Map.<String, Object>of(
                            "image_id",
                            imageId,
                            "idea_id",
                            row.getString("idea_id"),
                            "trend_id",
                            row.getString("trend_id"));
                })
                .optional()
                .orElseThrow(() -> new NoSuchElementException("there is no image " + imageId));
    }

    /**
     * Opens the listing of a picture that is approved in this unit or before.
     *
     * @param item with {@code image_id}, {@code idea_id}, {@code trend_id}
     * @return payload of {@code listing.publish}; null when the idea has a listing already
     */
    public @Nullable Map<String, Object> open(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Simple(Journal.BEGAN) long began) {
        String imageId = Item.id(item, "image_id");
        String ideaId = Item.id(item, "idea_id");
        String trendId = Item.id(item, "trend_id");
        String id = id(account, ideaId);
        if (exists(account, id)) {
            return null;
        }
        Instant now = clock.instant();
        Journal.Line line = journal.line(account, id, "listing.opened", began);
        writes.write("listing opened", connection -> {
            Sql.guarded(
                    connection,
                    "image " + imageId + " is not approved, or its idea has a listing already",
                    "insert into listing (account, id, trend_id, idea_id, image_id, generation, state, tags, reasons,"
                            + " deadline, created_at, updated_at)"
                            + " select i.account, cast(? as varchar(64)), cast(? as varchar(64)), i.idea_id, i.id, 1,"
                            + " 'draft', '[]', '[]', cast(? as timestamp with time zone),"
                            + " cast(? as timestamp with time zone), cast(? as timestamp with time zone)"
                            + " from image i where i.account = ? and i.id = ? and i.idea_id = ? and i.state = 'approved'"
                            + " on conflict do nothing",
                    id,
                    trendId,
                    now.plus(settings.listings().deadline()),
                    now,
                    now,
                    account.value(),
                    imageId,
                    ideaId);
            line.on(connection);
        });
        return payload(id, imageId, ideaId, trendId, 1);
    }

    private boolean exists(AccountId account, String id) {
        return reads.sql("select count(*) from listing where account = ? and id = ?")
                        .params(account.value(), id)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private static String id(AccountId account, String ideaId) {
        return Refs.of(account.value(), "listing", ideaId);
    }

    private static Map<String, Object> payload(
            String id, String imageId, String ideaId, String trendId, int generation) {
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
        move(account, id, "publishing", "'draft'", List.of(), "listing.publishing", began, ", deadline = ?", deadline);
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
        move(
                account,
                id,
                "live",
                "'publishing', 'failed'",
                List.of(),
                "listing.live",
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
        move(
                account,
                id,
                "failed",
                "'draft', 'publishing'",
                Texts.of(reasons),
                "listing.failed",
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
        move(account, id, "abandoned", from, Texts.of(reasons), "listing.abandoned", began, ", deadline = null");
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
        Map<String, Object> listing = pages.get(account, id);
        if (!List.of("failed", "abandoned").contains(String.valueOf(listing.get("state")))) {
            throw new ConcurrentModificationException("listing " + id + " is " + listing.get("state"));
        }
        int generation = Item.generation(listing) + 1;
        move(
                account,
                id,
                "publishing",
                "'failed', 'abandoned'",
                List.of(),
                "listing.publishing",
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
     * @param from the states it may come from, as SQL literals of this class
     * @param also further assignments, their parameters in {@code values}
     */
    private void move(
            AccountId account,
            String id,
            String to,
            String from,
            List<String> reasons,
            String step,
            long began,
            String also,
            @Nullable Object... values) {
        Instant now = clock.instant();
        Journal.Line line = journal.line(account, id, step, began)
                .because(String.join("; ", reasons))
                .ending(List.of("failed", "abandoned").contains(to) ? "failed" : "done");
        @Nullable Object[] parameters = new @Nullable Object[values.length + 5];
        parameters[0] = to;
        parameters[1] = Json.text(reasons);
        parameters[2] = now;
        System.arraycopy(values, 0, parameters, 3, values.length);
        parameters[values.length + 3] = account.value();
        parameters[values.length + 4] = id;
        writes.write("listing " + to, connection -> {
            Sql.guarded(
                    connection,
                    "listing " + id + " cannot become " + to + " from the state that it is in",
                    "update listing set state = ?, reasons = ?, updated_at = ?" + also
                            + " where account = ? and id = ? and state in (" + from + ")",
                    parameters);
            line.on(connection);
        });
    }

    /**
     * Listings of all accounts that are in between and past their deadline, the longest overdue first.
     *
     * @param most how many, 100 when absent
     * @return {@code account} (an {@link AccountId}) and the payload of {@code listing.watch}
     */
    public List<Map<String, Object>> overdue(@Variable("most") @Nullable Integer most) {
        return reads.sql("select * from listing where state in ('draft', 'publishing') and deadline < ?"
                        + " order by deadline limit ?")
                .params(Sql.time(clock.instant()), most == null ? 100 : most)
                .query((row, n) -> overdue(row))
                .list();
    }

    private static Map<String, Object> overdue(ResultSet row) throws SQLException {
        Map<String, Object> payload = payload(
                row.getString("id"),
                row.getString("image_id"),
                row.getString("idea_id"),
                row.getString("trend_id"),
                row.getInt("generation"));
        return Map.of("account", new AccountId(row.getString("account")), "payload", payload);
    }

    /**
     * A listing as the API shows it, for routes.
     *
     * @param item with {@code listing_id}
     */
    public Map<String, Object> load(
            @Variable("account") AccountId account, @Variable("item") Map<String, Object> item) {
        return pages.get(account, Item.id(item, "listing_id"));
    }

    /** For the API: newest first, filter {@code state}. */
    public Map<String, Object> page(
            @Variable("account") AccountId account, @Variable("query") @Nullable Map<String, Object> query) {
        return pages.page(account, Query.of(query));
    }

    /** For the API. */
    public Map<String, Object> get(@Variable("account") AccountId account, @Variable("path") Map<String, Object> path) {
        return pages.get(account, Item.id(path, "id"));
    }
}

package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.port.Writes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.apache.camel.language.simple.Simple;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is to be done about listings: a new one for an approved picture, and those that are late. */
@Component("listingWork")
public class ListingWork {

    private final JdbcClient reads;
    private final Writes writes;
    private final Journal journal;
    private final Clock clock;
    private final StoreSettings settings;

    ListingWork(JdbcClient reads, Writes writes, Journal journal, Clock clock, StoreSettings settings) {
        this.reads = reads;
        this.writes = writes;
        this.journal = journal;
        this.clock = clock;
        this.settings = settings;
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
        return Listings.payload(id, imageId, ideaId, trendId, 1);
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
        Map<String, Object> payload = Listings.payload(
                row.getString("id"),
                row.getString("image_id"),
                row.getString("idea_id"),
                row.getString("trend_id"),
                row.getInt("generation"));
        return Map.of("account", new AccountId(row.getString("account")), "payload", payload);
    }
}

package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.image.StoredObject;
import io.caravan.hub.model.port.Writes;
import java.time.Clock;
import java.time.Instant;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.apache.camel.language.simple.Simple;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Pictures and their facts; {@link ImageDecisions} reviews them. The bytes lie in the object store under their hash. */
@Component("images")
public class Images {

    /** The object store's folder for pictures. */
    static final String KIND = "images";

    private final JdbcClient reads;
    private final Writes writes;
    private final Journal journal;
    private final Clock clock;
    private final TimePages pages;

    Images(JdbcClient reads, Writes writes, Journal journal, Clock clock, @Qualifier("imagePages") TimePages pages) {
        this.reads = reads;
        this.writes = writes;
        this.journal = journal;
        this.clock = clock;
        this.pages = pages;
    }

    /**
     * The payload of {@code image.create} for the idea's next picture.
     *
     * @param request with {@code idea_id}
     * @throws NoSuchElementException when the account has no such idea
     * @throws ConcurrentModificationException when the idea was rejected
     */
    public Map<String, Object> request(
            @Variable("account") AccountId account, @Body @Nullable Map<String, Object> request) {
        String ideaId = Item.id(request, "idea_id");
        return reads.sql("select i.state, i.trend_id, coalesce((select max(g.generation) from image g"
                        + " where g.account = i.account and g.idea_id = i.id), 0) + 1 as next_generation"
                        + " from idea i where i.account = ? and i.id = ?")
                .params(account.value(), ideaId)
                .query((row, n) -> {
                    if (!row.getString("state").equals("drafted")) {
                        throw new ConcurrentModificationException("idea " + ideaId + " was rejected");
                    }
                    return payload(account, ideaId, row.getString("trend_id"), row.getInt("next_generation"));
                })
                .optional()
                .orElseThrow(() -> new NoSuchElementException("there is no idea " + ideaId));
    }

    /**
     * The payload of {@code image.create} for the first picture of an idea that is only just being drafted.
     *
     * @param item payload of {@code idea.create}
     */
    public Map<String, Object> first(
            @Variable("account") AccountId account, @Variable("item") Map<String, Object> item) {
        return payload(account, Item.id(item, "idea_id"), Item.id(item, "trend_id"), 1);
    }

    private static Map<String, Object> payload(AccountId account, String ideaId, String trendId, int generation) {
        String id = Refs.of(account.value(), "image", ideaId, Integer.toString(generation));
        return new LinkedHashMap<>(
                Map.of("idea_id", ideaId, "image_id", id, "generation", generation, "trend_id", trendId));
    }

    /** Perceptual hashes of the pictures that are kept (not rejected, no duplicates), by image id. */
    public Map<String, Long> hashes(@Variable("account") AccountId account) {
        return reads
                .sql("select id, phash from image where account = ? and state in ('pending_review', 'approved')")
                .param(account.value())
                .query((row, n) -> Map.entry(row.getString("id"), row.getLong("phash")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Keeps a picture for review. Keeping the same image again changes nothing.
     *
     * @param picture {@code {sha256, media_type, width, height, size, phash, prompt}}; {@code phash} a number or 16
     *     hexadecimal digits
     */
    public void store(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Body Map<String, Object> picture,
            @Variable("model") @Nullable String model,
            @Variable("reasons") @Nullable Object reasons,
            @Variable("costMicros") @Nullable Long costMicros,
            @Simple(Journal.BEGAN) long began) {
        keep(account, item, picture, "pending_review", null, model, Texts.of(reasons), costMicros, began);
    }

    /**
     * Keeps the fact that a picture looks like one that is there already.
     *
     * @param duplicateOf the other image's id
     */
    public void duplicate(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Body Map<String, Object> picture,
            @Variable("duplicateOf") String duplicateOf,
            @Variable("model") @Nullable String model,
            @Variable("costMicros") @Nullable Long costMicros,
            @Simple(Journal.BEGAN) long began) {
        List<String> reasons = List.of("looks like image " + duplicateOf);
        keep(account, item, picture, "duplicate", duplicateOf, model, reasons, costMicros, began);
    }

    private void keep(
            AccountId account,
            Map<String, Object> item,
            Map<String, Object> picture,
            String state,
            @Nullable String duplicateOf,
            @Nullable String model,
            List<String> reasons,
            @Nullable Long costMicros,
            long began) {
        String id = Item.id(item, "image_id");
        String ideaId = Item.id(item, "idea_id");
        PictureFacts facts = PictureFacts.of(picture);
        Instant now = clock.instant();
        Journal.Line line = journal.line(account, id, duplicateOf == null ? "image.stored" : "image.duplicate", began)
                .because(String.join("; ", reasons))
                .ending(duplicateOf == null ? "done" : "refused");
        writes.write("image " + state, connection -> {
            int made = Sql.update(
                    connection,
                    "insert into image (account, id, idea_id, generation, state, sha256, media_type, width, height, size,"
                            + " phash, duplicate_of, prompt, model, tags, reasons, cost_micros, created_at)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '[]', ?, ?, ?) on conflict do nothing",
                    account.value(),
                    id,
                    ideaId,
                    Item.generation(item),
                    state,
                    facts.sha256(),
                    facts.mediaType(),
                    facts.width(),
                    facts.height(),
                    facts.size(),
                    facts.phash(),
                    duplicateOf,
                    facts.prompt(),
                    model == null ? "" : model,
                    Json.text(reasons),
                    costMicros == null ? 0L : costMicros,
                    now);
            if (made == 1) {
                line.on(connection);
            }
        });
    }

    /**
     * The payload that goes on with a reviewed picture.
     *
     * @param image as the API shows it
     * @return {@code {image_id, idea_id, trend_id, generation}}
     */
    public Map<String, Object> item(@Variable("account") AccountId account, @Body Map<String, Object> image) {
        String ideaId = Item.id(image, "idea_id");
        String trendId = reads.sql("select trend_id from idea where account = ? and id = ?")
                .params(account.value(), ideaId)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new NoSuchElementException("there is no idea " + ideaId));
        return payload(account, ideaId, trendId, Item.generation(image));
    }

    /**
     * Where the bytes are.
     *
     * @throws NoSuchElementException when the account has no such image
     */
    public StoredObject object(@Variable("account") AccountId account, @Variable("path") Map<String, Object> path) {
        String id = Item.id(path, "id");
        return reads.sql("select sha256, media_type, size from image where account = ? and id = ?")
                .params(account.value(), id)
                .query((row, n) -> new StoredObject(
                        KIND, row.getString("sha256"), row.getString("media_type"), row.getLong("size")))
                .optional()
                .orElseThrow(() -> new NoSuchElementException("there is no image " + id));
    }

    /**
     * An image as the API shows it, for routes.
     *
     * @param item with {@code image_id}
     */
    public Map<String, Object> load(
            @Variable("account") AccountId account, @Variable("item") Map<String, Object> item) {
        return pages.row(account, Item.id(item, "image_id"));
    }
}

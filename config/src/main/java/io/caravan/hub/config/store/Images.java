package io.caravan.hub.config.store;

import io.caravan.hub.enrich.image.PerceptualHash;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.image.StoredObject;
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
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.apache.camel.language.simple.Simple;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Pictures: their facts and their review. The bytes lie in the object store under their hash. */
@Component("images")
public class Images {

    /** The object store's folder for pictures. */
    static final String KIND = "images";

    private final JdbcClient reads;
    private final Writes writes;
    private final Journal journal;
    private final Clock clock;
    private final TimePages pages;

    public Images(JdbcClient reads, Writes writes, Journal journal, Clock clock) {
        this.reads = reads;
        this.writes = writes;
        this.journal = journal;
        this.clock = clock;
        this.pages = new TimePages(reads, "image", Images::view);
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
        Picture facts = Picture.of(picture);
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

    /** Approves the item's picture by the account's policy; may follow {@link #store} in the same unit. */
    public void approve(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Variable("reasons") @Nullable Object reasons,
            @Simple(Journal.BEGAN) long began) {
        decide(account, Item.id(item, "image_id"), "approved", List.of(), Texts.of(reasons), "policy", began);
    }

    /** Says on the item's picture why it waits for a person; may follow {@link #store} in the same unit. */
    public void waiting(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Variable("reasons") @Nullable Object reasons,
            @Simple(Journal.BEGAN) long began) {
        String id = Item.id(item, "image_id");
        List<String> why = Texts.of(reasons);
        Journal.Line line = journal.line(account, id, "image.waiting", began).because(String.join("; ", why));
        writes.write("image waiting", connection -> {
            Sql.guarded(
                    connection,
                    "image " + id + " does not wait for review",
                    "update image set reasons = ? where account = ? and id = ? and state = 'pending_review'",
                    Json.text(why),
                    account.value(),
                    id);
            line.on(connection);
        });
    }

    /**
     * A person's decision.
     *
     * @param path with {@code id}
     * @param review {@code {decision: approve|reject, tags, reason}}
     * @return the image as it is after the decision
     * @throws NoSuchElementException when the account has no such image
     * @throws ConcurrentModificationException when it does not wait for review (any more)
     */
    public Map<String, Object> review(
            @Variable("account") AccountId account,
            @Variable("path") Map<String, Object> path,
            @Variable("principal") @Nullable String principal,
            @Body Map<String, Object> review,
            @Simple(Journal.BEGAN) long began) {
        String id = Item.id(path, "id");
        Map<String, Object> image = new LinkedHashMap<>(pages.get(account, id));
        if (!"pending_review".equals(image.get("state"))) {
            throw new ConcurrentModificationException("image " + id + " is " + image.get("state") + " already");
        }
        String state = switch (String.valueOf(review.get("decision"))) {
            case "approve" -> "approved";
            case "reject" -> "rejected";
            default -> throw new IllegalArgumentException("decision: must be approve or reject");
        };
        String reviewer = principal == null ? "unknown" : principal;
        List<String> tags = Texts.of(review.get("tags"));
        List<String> reasons = Texts.of(review.get("reason"));
        Instant at = decide(account, id, state, tags, reasons, reviewer, began);
        image.put("state", state);
        image.put("tags", tags);
        image.put("reasons", reasons);
        image.put("reviewer", reviewer);
        image.put("reviewed_at", Sql.time(at).toInstant().toString());
        return image;
    }

    private Instant decide(
            AccountId account,
            String id,
            String state,
            List<String> tags,
            List<String> reasons,
            String reviewer,
            long began) {
        Instant now = clock.instant();
        Journal.Line line = journal.line(account, id, "image." + state, began)
                .because(String.join("; ", reasons) + " (by " + reviewer + ")")
                .ending(state.equals("approved") ? "done" : "refused");
        writes.write("image " + state, connection -> {
            Sql.guarded(
                    connection,
                    "image " + id + " does not wait for review",
                    "update image set state = ?, tags = ?, reasons = ?, reviewer = ?, reviewed_at = ?"
                            + " where account = ? and id = ? and state = 'pending_review'",
                    state,
                    Json.text(tags),
                    Json.text(reasons),
                    reviewer,
                    now,
                    account.value(),
                    id);
            line.on(connection);
        });
        return now;
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
        return pages.get(account, Item.id(item, "image_id"));
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

    private static Map<String, Object> view(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", row.getString("id"));
        view.put("idea_id", row.getString("idea_id"));
        view.put("generation", row.getInt("generation"));
        view.put("state", row.getString("state"));
        view.put("sha256", row.getString("sha256"));
        view.put("media_type", row.getString("media_type"));
        view.put("width", row.getInt("width"));
        view.put("height", row.getInt("height"));
        view.put("size", row.getLong("size"));
        view.put("duplicate_of", row.getString("duplicate_of"));
        view.put("tags", Json.texts(row.getString("tags")));
        view.put("reasons", Json.texts(row.getString("reasons")));
        view.put("reviewer", row.getString("reviewer"));
        view.put("reviewed_at", Sql.at(row, "reviewed_at"));
        view.put("model", row.getString("model"));
        view.put("cost_micros", row.getLong("cost_micros"));
        view.put("created_at", Sql.at(row, "created_at"));
        view.put("content_url", "/api/v1/images/" + row.getString("id") + "/content");
        return view;
    }

    /** The facts of a picture as a route hands them over. */
    private record Picture(
            String sha256, String mediaType, int width, int height, long size, long phash, String prompt) {

        static Picture of(Map<String, Object> picture) {
            Object phash = picture.get("phash");
            return new Picture(
                    text(picture, "sha256"),
                    text(picture, "media_type"),
                    (int) number(picture, "width"),
                    (int) number(picture, "height"),
                    number(picture, "size"),
                    phash instanceof String hex ? PerceptualHash.fromHex(hex) : number(picture, "phash"),
                    String.valueOf(picture.getOrDefault("prompt", "")));
        }

        private static String text(Map<String, Object> picture, String member) {
            if (picture.get(member) instanceof String text && !text.isBlank()) {
                return text;
            }
            throw new IllegalArgumentException("picture." + member + ": is missing");
        }

        private static long number(Map<String, Object> picture, String member) {
            if (picture.get(member) instanceof Number number) {
                return number.longValue();
            }
            throw new IllegalArgumentException("picture." + member + ": is no number");
        }
    }
}

package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
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

/** What becomes of a picture that waits for review: approved or rejected, once, by policy or by a person. */
@Component("imageDecisions")
public class ImageDecisions {

    private final Writes writes;
    private final Journal journal;
    private final Clock clock;
    private final TimePages pages;

    ImageDecisions(Writes writes, Journal journal, Clock clock, @Qualifier("imagePages") TimePages pages) {
        this.writes = writes;
        this.journal = journal;
        this.clock = clock;
        this.pages = pages;
    }

    /** Approves the item's picture by the account's policy; may follow {@link Images#store} in the same unit. */
    public void approve(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Variable("reasons") @Nullable Object reasons,
            @Simple(Journal.BEGAN) long began) {
        decide(account, Item.id(item, "image_id"), "approved", List.of(), Texts.of(reasons), "policy", began);
    }

    /** Says on the item's picture why it waits for a person; may follow {@link Images#store} in the same unit. */
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
        Map<String, Object> image = new LinkedHashMap<>(pages.row(account, id));
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
}

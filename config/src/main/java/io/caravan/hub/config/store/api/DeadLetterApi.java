package io.caravan.hub.config.store.api;

import io.caravan.hub.config.store.Query;
import io.caravan.hub.connectors.delivery.Page;
import io.caravan.hub.connectors.delivery.dead.DeadLetter;
import io.caravan.hub.connectors.delivery.dead.DeadLetters;
import io.caravan.hub.model.AccountId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Work that needs a person, and what a person does about it, in the words of the API. */
@Component("deadLetterApi")
public class DeadLetterApi {

    private final DeadLetters deadLetters;

    public DeadLetterApi(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    /** Open ones, newest first; filters {@code cause} and {@code type}. */
    public Map<String, Object> deadLetters(
            @Variable("account") AccountId account, @Variable("query") Map<String, Object> query) {
        Query asked = Query.of(query);
        Page<DeadLetter> found =
                deadLetters.list(account, asked.text("cause"), asked.text("type"), asked.text("cursor"), asked.limit());
        return Shown.page(found, DeadLetterApi::row);
    }

    /**
     * @throws NoSuchElementException when the account has no such dead letter
     */
    public Map<String, Object> deadLetter(
            @Variable("account") AccountId account, @Variable("path") Map<String, Object> path) {
        return whole(letter(account, Shown.id(path)));
    }

    private DeadLetter letter(AccountId account, String id) {
        return deadLetters
                .show(account, id)
                .orElseThrow(() -> new NoSuchElementException("there is no dead letter " + id));
    }

    /** @param request {@code {payload, reason}} */
    public Map<String, Object> editDeadLetter(
            @Variable("account") AccountId account,
            @Variable("path") Map<String, Object> path,
            @Variable("principal") @Nullable String who,
            @Body Map<String, Object> request) {
        Map<String, Object> payload = new LinkedHashMap<>();
        ((Map<?, ?>) request.getOrDefault("payload", Map.of()))
                .forEach((name, value) -> payload.put(String.valueOf(name), value));
        deadLetters.edit(account, Shown.id(path), payload, reason(request), Shown.person(who));
        return deadLetter(account, path);
    }

    /** Asks the vendors what carries the references; the answer stands in {@code lookup} later. */
    public Map<String, Object> lookUpDeadLetter(
            @Variable("account") AccountId account,
            @Variable("path") Map<String, Object> path,
            @Variable("principal") @Nullable String who) {
        Map<String, Object> view = deadLetter(account, path);
        deadLetters.lookUp(account, Shown.id(path), Shown.person(who));
        // as it is once this request is committed
        view.put("lookup", "running");
        return view;
    }

    /** @param request {@code {reason, new_generation}} */
    public Map<String, Object> replayDeadLetter(
            @Variable("account") AccountId account,
            @Variable("path") Map<String, Object> path,
            @Variable("principal") @Nullable String who,
            @Body Map<String, Object> request) {
        Map<String, Object> view = deadLetter(account, path);
        String again = Boolean.TRUE.equals(request.get("new_generation"))
                ? deadLetters.replayAsNew(account, Shown.id(path), Shown.person(who), reason(request))
                : deadLetters.replay(account, Shown.id(path), Shown.person(who), reason(request));
        view.put("state", "replayed");
        view.put("replay_work_id", again);
        return view;
    }

    /** @param request {@code {reason}} */
    public Map<String, Object> cancelDeadLetter(
            @Variable("account") AccountId account,
            @Variable("path") Map<String, Object> path,
            @Variable("principal") @Nullable String who,
            @Body Map<String, Object> request) {
        Map<String, Object> view = deadLetter(account, path);
        deadLetters.cancel(account, Shown.id(path), Shown.person(who), reason(request));
        view.put("state", "cancelled");
        return view;
    }

    /**
     * Replays what matches, at most {@code cap}; one that was replayed or closed meanwhile is left out.
     *
     * @param request {@code {filter: {type, cause}, cap, dry_run, reason}}
     */
    public Map<String, Object> replayDeadLetters(
            @Variable("account") AccountId account,
            @Variable("principal") @Nullable String who,
            @Body Map<String, Object> request) {
        Map<?, ?> filter = (Map<?, ?>) request.getOrDefault("filter", Map.of());
        int cap = ((Number) request.getOrDefault("cap", 1)).intValue();
        boolean dryRun = !Boolean.FALSE.equals(request.get("dry_run"));
        List<String> ids =
                deadLetters
                        .list(account, (String) filter.get("cause"), (String) filter.get("type"), null, cap)
                        .items()
                        .stream()
                        .map(DeadLetter::workId)
                        .toList();
        List<String> replayed = dryRun
                ? List.of()
                : ids.stream()
                        .filter(id -> replayed(account, id, Shown.person(who), reason(request)))
                        .toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("dry_run", dryRun);
        answer.put("matched", ids.size());
        answer.put("replayed", replayed.size());
        answer.put("ids", dryRun ? ids : replayed);
        return answer;
    }

    private boolean replayed(AccountId account, String id, String who, String reason) {
        try {
            deadLetters.replay(account, id, who, reason);
            return true;
        } catch (IllegalStateException | NoSuchElementException closedMeanwhile) {
            return false;
        }
    }

    private static Map<String, Object> whole(DeadLetter letter) {
        Map<String, Object> view = row(letter);
        view.put("body", letter.body());
        view.put("payload", letter.payload());
        return view;
    }

    private static Map<String, Object> row(DeadLetter letter) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", letter.workId());
        view.put("type", letter.type());
        view.put("aggregate", letter.aggregate());
        view.put("trace_id", Shown.trace(letter.traceId()));
        view.put("job_id", letter.jobId());
        view.put("state", letter.state());
        view.put("cause", letter.cause());
        view.put("kind", letter.kind());
        view.put("vendor", letter.vendor());
        view.put("code", letter.code());
        view.put("status", letter.status());
        view.put("message", letter.message());
        view.put("first_failed_at", letter.firstAt().toString());
        view.put("dead_at", letter.diedAt().toString());
        view.put("edited_by", letter.editedBy());
        view.put("edit_reason", letter.editReason());
        view.put("replay_work_id", letter.replayWorkId());
        view.put("lookup", letter.lookup());
        return view;
    }

    private static String reason(Map<String, Object> request) {
        return String.valueOf(request.get("reason"));
    }
}

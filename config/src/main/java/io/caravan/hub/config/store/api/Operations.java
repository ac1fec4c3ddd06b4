package io.caravan.hub.config.store.api;

import io.caravan.hub.config.connections.HubConnections;
import io.caravan.hub.connectors.delivery.Page;
import io.caravan.hub.connectors.delivery.dead.DeadLetter;
import io.caravan.hub.connectors.delivery.dead.DeadLetters;
import io.caravan.hub.connectors.delivery.gate.Budgets;
import io.caravan.hub.connectors.delivery.job.JobView;
import io.caravan.hub.connectors.delivery.job.Jobs;
import io.caravan.hub.model.AccountId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the delivery engine knows and does for a person, in the words of the API. */
@Component("operations")
public class Operations {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST = 200;
    private static final String NOBODY = "unknown";

    private final Jobs jobs;
    private final DeadLetters deadLetters;
    private final Budgets budgets;
    private final HubConnections connections;

    public Operations(Jobs jobs, DeadLetters deadLetters, Budgets budgets, HubConnections connections) {
        this.jobs = jobs;
        this.deadLetters = deadLetters;
        this.budgets = budgets;
        this.connections = connections;
    }

    public Map<String, Object> jobs(
            @Variable("account") AccountId account, @Variable("query") Map<String, Object> query) {
        return page(jobs.list(account, text(query, "cursor"), limit(query)), Operations::view);
    }

    /**
     * @throws NoSuchElementException when the account has no such job
     */
    public Map<String, Object> job(@Variable("account") AccountId account, @Variable("path") Map<String, Object> path) {
        String id = id(path);
        return jobs.find(account, id)
                .map(Operations::view)
                .orElseThrow(() -> new NoSuchElementException("there is no job " + id));
    }

    /**
     * @return the job as it is now
     * @throws NoSuchElementException when the account has no such job
     */
    public Map<String, Object> cancelJob(
            @Variable("account") AccountId account,
            @Variable("path") Map<String, Object> path,
            @Variable("principal") @Nullable String who) {
        jobs.cancel(account, id(path), person(who), "cancelled by request");
        return job(account, path);
    }

    private static Map<String, Object> view(JobView job) {
        Map<String, @Nullable Object> progress = new LinkedHashMap<>();
        progress.put("total", job.total());
        progress.put("done", job.done());
        progress.put("text", job.progress());
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", job.id());
        view.put("kind", job.kind());
        view.put("status", job.status().word());
        view.put("outcome", job.outcome());
        view.put("progress", progress);
        view.put("trace_id", job.traceId());
        view.put("causes", job.causes());
        view.put("created_at", job.createdAt().toString());
        view.put("updated_at", job.updatedAt().toString());
        return view;
    }

    /** Open ones, newest first; filters {@code cause} and {@code type}. */
    public Map<String, Object> deadLetters(
            @Variable("account") AccountId account, @Variable("query") Map<String, Object> query) {
        int limit = limit(query);
        Page<DeadLetter> found =
                deadLetters.list(account, text(query, "cause"), text(query, "type"), text(query, "cursor"), limit);
        return page(found, Operations::row);
    }

    /**
     * @throws NoSuchElementException when the account has no such dead letter
     */
    public Map<String, Object> deadLetter(
            @Variable("account") AccountId account, @Variable("path") Map<String, Object> path) {
        return whole(letter(account, id(path)));
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
        deadLetters.edit(account, id(path), payload, reason(request), person(who));
        return deadLetter(account, path);
    }

    /** Asks the vendors what carries the references; the answer stands in {@code lookup} later. */
    public Map<String, Object> lookUpDeadLetter(
            @Variable("account") AccountId account,
            @Variable("path") Map<String, Object> path,
            @Variable("principal") @Nullable String who) {
        deadLetters.lookUp(account, id(path), person(who));
        return deadLetter(account, path);
    }

    /** @param request {@code {reason, new_generation}} */
    public Map<String, Object> replayDeadLetter(
            @Variable("account") AccountId account,
            @Variable("path") Map<String, Object> path,
            @Variable("principal") @Nullable String who,
            @Body Map<String, Object> request) {
        if (Boolean.TRUE.equals(request.get("new_generation"))) {
            deadLetters.replayAsNew(account, id(path), person(who), reason(request));
        } else {
            deadLetters.replay(account, id(path), person(who), reason(request));
        }
        return deadLetter(account, path);
    }

    /** @param request {@code {reason}} */
    public Map<String, Object> cancelDeadLetter(
            @Variable("account") AccountId account,
            @Variable("path") Map<String, Object> path,
            @Variable("principal") @Nullable String who,
            @Body Map<String, Object> request) {
        deadLetters.cancel(account, id(path), person(who), reason(request));
        return deadLetter(account, path);
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
                        .filter(id -> replayed(account, id, person(who), reason(request)))
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
        view.put("trace_id", letter.traceId());
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

    public List<?> budgets(@Variable("account") AccountId account) {
        return budgets.list(account);
    }

    /** Never a secret: the views name credentials and hold none. */
    public List<?> connections(@Variable("account") AccountId account) {
        return connections.list(account);
    }

    /**
     * @param path with {@code vendor}
     * @param request {@code {secrets: {name: value}}}, null to try the stored ones again
     */
    public void reconnect(
            @Variable("account") AccountId account,
            @Variable("path") Map<String, Object> path,
            @Body @Nullable Map<String, Object> request) {
        Map<String, String> secrets = new LinkedHashMap<>();
        if (request != null && request.get("secrets") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> secrets.put(String.valueOf(name), String.valueOf(value)));
        }
        connections.reconnect(account, String.valueOf(path.get("vendor")), secrets);
    }

    private static <T> Map<String, Object> page(Page<T> page, Function<T, Map<String, Object>> view) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("items", page.items().stream().map(view).toList());
        answer.put("next", page.next());
        return answer;
    }

    private static int limit(Map<String, Object> query) {
        String limit = text(query, "limit");
        return limit == null ? DEFAULT_LIMIT : Math.max(1, Math.min(MOST, Integer.parseInt(limit)));
    }

    private static @Nullable String text(Map<String, Object> query, String name) {
        Object value = query.get(name);
        return value == null || value.toString().isEmpty() ? null : value.toString();
    }

    private static String id(Map<String, Object> path) {
        return String.valueOf(path.get("id"));
    }

    private static String reason(Map<String, Object> request) {
        return String.valueOf(request.get("reason"));
    }

    private static String person(@Nullable String who) {
        return who == null ? NOBODY : who;
    }
}

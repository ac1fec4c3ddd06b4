package io.caravan.hub.config.store.api;

import io.caravan.hub.config.connections.HubConnections;
import io.caravan.hub.config.store.Query;
import io.caravan.hub.connectors.delivery.gate.Budgets;
import io.caravan.hub.connectors.delivery.job.JobView;
import io.caravan.hub.connectors.delivery.job.Jobs;
import io.caravan.hub.model.AccountId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Jobs, budgets and connections in the words of the API. */
@Component("operations")
public class Operations {

    private final Jobs jobs;
    private final Budgets budgets;
    private final HubConnections connections;

    public Operations(Jobs jobs, Budgets budgets, HubConnections connections) {
        this.jobs = jobs;
        this.budgets = budgets;
        this.connections = connections;
    }

    public Map<String, Object> jobs(
            @Variable("account") AccountId account, @Variable("query") Map<String, Object> query) {
        Query asked = Query.of(query);
        return Shown.page(jobs.list(account, asked.text("cursor"), asked.limit()), Operations::view);
    }

    /**
     * @throws NoSuchElementException when the account has no such job
     */
    public Map<String, Object> job(@Variable("account") AccountId account, @Variable("path") Map<String, Object> path) {
        String id = Shown.id(path);
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
        jobs.cancel(account, Shown.id(path), Shown.person(who), "cancelled by request");
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
        view.put("trace_id", Shown.trace(job.traceId()));
        view.put("causes", job.causes());
        view.put("created_at", job.createdAt().toString());
        view.put("updated_at", job.updatedAt().toString());
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
}

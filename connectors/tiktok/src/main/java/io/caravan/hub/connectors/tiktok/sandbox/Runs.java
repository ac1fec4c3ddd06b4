package io.caravan.hub.connectors.tiktok.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs of actors and the datasets that they fill. How a run goes is told by the hashtags in its input: {@code sandboxslow}
 * runs into its time-out, {@code sandboxfails} fails, {@code sandboxempty} finds nothing.
 */
final class Runs {

    private static final Set<String> OVER = Set.of("SUCCEEDED", "FAILED", "TIMED-OUT", "ABORTED");

    private final SandboxState state;
    private final Duration takes;

    Runs(SandboxState state, Duration takes) {
        this.state = state;
        this.takes = takes;
    }

    /** Starts one; its dataset is filled when it ends, and read as empty before. */
    ObjectNode start(String actor, JsonNode input, ArrayNode rows, int timeoutSeconds) {
        String id = String.format("sbxRun%011d", state.next("runs", 1));
        String hashtags = input.path("hashtags").toString();
        boolean slow = hashtags.contains("\"sandboxslow\"");
        Duration time = slow ? Duration.ofSeconds(timeoutSeconds == 0 ? 86_400 : timeoutSeconds) : takes;
        Instant now = Instant.now();
        ObjectNode run = SandboxState.object()
                .put("id", id)
                .put("actor", actor)
                .put("started", now.toEpochMilli())
                .put("ends", now.plus(time).toEpochMilli())
                .put("end", slow ? "TIMED-OUT" : hashtags.contains("\"sandboxfails\"") ? "FAILED" : "SUCCEEDED")
                .put("timeout", timeoutSeconds)
                .put("input_bytes", input.toString().length());
        state.put("runs", id, run);
        ObjectNode dataset = SandboxState.object().put("run", id);
        dataset.set("rows", hashtags.contains("\"sandboxempty\"") ? rows.arrayNode() : rows);
        state.put("datasets", datasetId(id), dataset);
        return shown(id, run);
    }

    /** An actor's runs in short form, by their start. */
    List<ObjectNode> of(String actor, boolean newestFirst) {
        Comparator<ObjectNode> order =
                Comparator.comparing(run -> run.path("startedAt").asText());
        return state.list("runs").stream()
                .filter(run -> run.path("actor").asText().equals(actor))
                .map(run -> shown(run.path("id").asText(), run))
                .map(run -> (ObjectNode) run.without(List.of("stats", "options", "generalAccess")))
                .sorted(newestFirst ? order.reversed() : order)
                .toList();
    }

    /** Waits until the run is over, at most so long. */
    Optional<ObjectNode> wait(String id, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        Optional<ObjectNode> run = state.get("runs", id);
        while (run.isPresent() && !OVER.contains(status(run.get())) && System.nanoTime() - end < 0) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            run = state.get("runs", id);
        }
        return run.map(found -> shown(id, found));
    }

    Optional<ObjectNode> abort(String id) {
        synchronized (state) {
            return state.get("runs", id).map(run -> {
                if (!OVER.contains(status(run))) {
                    run.put("end", "ABORTED").put("ends", Instant.now().toEpochMilli());
                    state.put("runs", id, run);
                }
                return shown(id, run);
            });
        }
    }

    /** Rows of a dataset; of one whose run still runs, none yet. */
    Optional<ArrayNode> rows(String datasetId) {
        return state.get("datasets", datasetId).map(dataset -> {
            ArrayNode rows = (ArrayNode) dataset.path("rows");
            boolean over = state.get("runs", dataset.path("run").asText())
                    .map(run -> OVER.contains(status(run)))
                    .orElse(true);
            return over ? rows : rows.arrayNode();
        });
    }

    private static String status(ObjectNode run) {
        long now = Instant.now().toEpochMilli();
        if (now >= run.path("ends").asLong()) {
            return run.path("end").asText();
        }
        return now - run.path("started").asLong() < 50 ? "READY" : "RUNNING";
    }

    private static String datasetId(String runId) {
        return runId.replace("sbxRun", "sbxDat");
    }

    private static ObjectNode shown(String id, ObjectNode run) {
        String status = status(run);
        ObjectNode shown = SandboxState.object();
        shown.put("id", id)
                .put("actId", "sbxActor000000001")
                .put("userId", "sbxUser0000000001")
                .put(
                        "startedAt",
                        Instant.ofEpochMilli(run.path("started").asLong()).toString())
                .put("status", status)
                .put("buildId", "sbxBuild000000001")
                .put("defaultDatasetId", datasetId(id))
                .put("defaultKeyValueStoreId", id.replace("sbxRun", "sbxKvs"))
                .put("defaultRequestQueueId", id.replace("sbxRun", "sbxReq"))
                .put("generalAccess", "FOLLOW_USER_SETTING")
                .put("usageTotalUsd", 0.25);
        if (OVER.contains(status)) {
            shown.put(
                    "finishedAt",
                    Instant.ofEpochMilli(run.path("ends").asLong()).toString());
        } else {
            shown.putNull("finishedAt");
        }
        shown.putObject("meta").put("origin", "API");
        shown.putObject("stats").put("inputBodyLen", run.path("input_bytes").asInt());
        shown.putObject("options")
                .put("build", "latest")
                .put("timeoutSecs", run.path("timeout").asInt())
                .put("memoryMbytes", 1024)
                .put("diskMbytes", 2048);
        return shown;
    }
}

package io.caravan.hub.proof.lab;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.Router;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.util.Map;

/**
 * A vendor without mercy: every create makes another draft, whatever its reference, and whatever is put live stays so.
 * Keeps the order in which objects went live.
 */
public final class SinkSandbox implements VendorSandbox {

    public static final String VENDOR = "proof-sink";
    static final String OBJECTS = "objects";
    static final String LIVE = "live";
    private static final String REFERENCES = "_references";

    @Override
    public String vendor() {
        return VENDOR;
    }

    @Override
    public void mount(Router router, SandboxState state) {
        router.before(handler -> call -> {
                    synchronized (state) {
                        return handler.apply(call);
                    }
                })
                .on("POST", "/objects", call -> create(call, state))
                .on("GET", "/objects", call -> find(call, state))
                .on("PUT", "/objects/{id}", call -> live(call, state))
                .on("DELETE", "/objects/{id}", call -> delete(call, state));
    }

    private static Answer create(Call call, SandboxState state) {
        String id = String.valueOf(state.next(OBJECTS, 1));
        String reference = call.header("X-Reference").orElse("none");
        ObjectNode object = SandboxState.object()
                .put("id", id)
                .put("state", "draft")
                .put("reference", reference)
                .put("item", call.json().map(body -> body.path("item").asText()).orElse(""))
                .put("lane", call.json().map(body -> body.path("lane").asText()).orElse(""));
        state.put(OBJECTS, id, object);
        ObjectNode known = state.get(REFERENCES, reference).orElseGet(SandboxState::object);
        known.withArray("ids").add(id);
        state.put(REFERENCES, reference, known);
        return Answer.json(201, object);
    }

    private static Answer find(Call call, SandboxState state) {
        ArrayNode items = SandboxState.object().putArray("items");
        state.get(REFERENCES, call.query("reference").orElse("none"))
                .ifPresent(known -> known.path("ids")
                        .forEach(id -> state.get(OBJECTS, id.asText()).ifPresent(items::add)));
        return Answer.json(200, Map.of("items", items));
    }

    private static Answer live(Call call, SandboxState state) {
        String id = call.param("id");
        return state.get(OBJECTS, id)
                .map(object -> {
                    if (!object.path("state").asText().equals(LIVE)) {
                        state.put(OBJECTS, id, object.put("state", LIVE));
                        String at = String.valueOf(state.next(LIVE, 1));
                        state.put(LIVE, at, object);
                    }
                    return Answer.json(200, object);
                })
                .orElse(Answer.json(404, Map.of("error", "Not Found")));
    }

    private static Answer delete(Call call, SandboxState state) {
        return state.remove(OBJECTS, call.param("id"))
                ? Answer.json(200, Map.of())
                : Answer.json(404, Map.of("error", "Not Found"));
    }
}

package io.caravan.hub.connectors.printify.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** The shapes of refusals and of Laravel's pages, whose addresses are relative. */
final class Envelopes {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private Envelopes() {}

    static Answer refusal(int status, int code, String message, String reason) {
        return Answer.json(
                status,
                Map.of(
                        "status",
                        "error",
                        "code",
                        code,
                        "message",
                        message,
                        "errors",
                        Map.of("reason", reason, "code", code)));
    }

    /** Field errors come as JSON text inside the reason. */
    static Answer invalid(String field, String text) {
        ObjectNode fields = SandboxState.object();
        fields.putArray(field).add(text);
        return refusal(400, 8251, "Validation failed.", fields.toString());
    }

    static Answer missing() {
        return refusal(404, 404, "Not found.", "The product does not exist");
    }

    static String now() {
        return TIME.format(Instant.now());
    }

    /** Newest first. */
    static Answer page(Call call, List<ObjectNode> oldestFirst, int mostPerPage) {
        int size = Math.max(1, Math.min(call.queryInt("limit", 10), mostPerPage));
        int page = Math.max(1, call.queryInt("page", 1));
        int total = oldestFirst.size();
        int last = Math.max(1, (total + size - 1) / size);
        int from = (page - 1) * size;
        int to = Math.min(total, from + size);
        ObjectNode envelope = SandboxState.object().put("current_page", page);
        ArrayNode data = envelope.putArray("data");
        for (int i = from; i < to; i++) {
            data.add(oldestFirst.get(total - 1 - i));
        }
        envelope.put("first_page_url", "/?page=1")
                .put("from", from < to ? from + 1 : null)
                .put("last_page", last)
                .put("last_page_url", "/?page=" + last)
                .put("next_page_url", page < last ? "/?page=" + (page + 1) : null)
                .put("path", "/")
                .put("per_page", size)
                .put("prev_page_url", page > 1 ? "/?page=" + (page - 1) : null)
                .put("to", from < to ? to : null)
                .put("total", total);
        envelope.putArray("links");
        return Answer.json(200, envelope);
    }
}

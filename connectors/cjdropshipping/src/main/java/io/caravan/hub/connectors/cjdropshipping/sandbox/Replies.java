package io.caravan.hub.connectors.cjdropshipping.sandbox;

import io.caravan.hub.connectors.sandbox.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The envelope around everything; a refusal is a 200 like a success, unless said otherwise. */
final class Replies {

    private Replies() {}

    static Answer good(@Nullable Object data) {
        Map<String, Object> body = envelope(200, "Success", data);
        body.put("result", true);
        return Answer.json(200, body);
    }

    /** As some interfaces do it: {@code success}, and no {@code result}. */
    static Answer goodWithoutResult(@Nullable Object data) {
        Map<String, Object> body = envelope(200, "Success", data);
        body.put("success", true);
        return Answer.json(200, body);
    }

    static Answer refused(int code, String message) {
        return refused(200, code, message);
    }

    static Answer refused(int status, int code, String message) {
        Map<String, Object> body = envelope(code, message, null);
        body.put("result", false);
        return Answer.json(status, body);
    }

    static Answer badParameter() {
        return refused(1600100, "Param error");
    }

    private static Map<String, Object> envelope(int code, String message, @Nullable Object data) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", code);
        body.put("message", message);
        body.put("data", data);
        body.put("requestId", UUID.randomUUID().toString());
        return body;
    }
}

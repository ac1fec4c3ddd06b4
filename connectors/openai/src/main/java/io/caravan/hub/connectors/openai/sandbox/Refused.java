package io.caravan.hub.connectors.openai.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.SandboxState;
import org.jspecify.annotations.Nullable;

/** The vendor says no: becomes its error body. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final @Nullable String code;
    private final @Nullable String param;

    Refused(int status, String type, @Nullable String code, @Nullable String param, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.code = code;
        this.param = param;
    }

    static Refused bad(@Nullable String code, @Nullable String param, String message) {
        return new Refused(400, "invalid_request_error", code, param, message);
    }

    Answer answer() {
        ObjectNode body = SandboxState.object();
        body.putObject("error")
                .put("message", getMessage())
                .put("type", type)
                .put("param", param)
                .put("code", code);
        return Answer.json(status, body);
    }
}

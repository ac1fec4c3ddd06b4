package io.caravan.hub.connectors.aliexpress.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.UUID;

/** Why a request is refused. The gateway spells it in two ways, both under status 200. */
record Refusal(String code, String msg, String subCode, String subMsg, String type) {

    static Refusal of(String code, String msg, String type) {
        return new Refusal(code, msg, "", "", type);
    }

    Answer answer(boolean system) {
        ObjectNode error = SandboxState.object();
        error.put("code", code);
        error.put(system ? "message" : "msg", msg);
        if (!subCode.isEmpty()) {
            error.put("sub_code", subCode).put("sub_msg", subMsg);
        }
        if (!type.isEmpty()) {
            error.put("type", type);
        }
        error.put("request_id", requestId());
        return Answer.json(200, system ? error : SandboxState.object().set("error_response", error));
    }

    static String requestId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    }
}

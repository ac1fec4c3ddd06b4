package io.caravan.hub.connectors.woocommerce.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.function.Supplier;

/** How the store says no. */
final class Refusals {

    private Refusals() {}

    /** Thrown inside a handler to answer with a refusal. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final transient ObjectNode error;

        Refused(int status, String code, String message) {
            super(message, null, false, false);
            this.status = status;
            this.error = body(status, code, message);
        }

        Refused with(String field, long value) {
            ((ObjectNode) error.path("data")).put(field, value);
            return this;
        }

        /** As an item of a batch shows it. */
        ObjectNode error() {
            return error;
        }
    }

    static Answer error(int status, String code, String message) {
        return Answer.json(status, body(status, code, message));
    }

    static Answer refusing(Supplier<Answer> action) {
        try {
            return action.get();
        } catch (Refused refused) {
            return Answer.json(refused.status, refused.error);
        }
    }

    private static ObjectNode body(int status, String code, String message) {
        ObjectNode body = SandboxState.object().put("code", code).put("message", message);
        body.putObject("data").put("status", status);
        return body;
    }
}

package io.caravan.hub.connectors.etsy.sandbox;

import io.caravan.hub.connectors.sandbox.Answer;
import java.util.List;
import java.util.Map;

/** Etsy's two shapes of refusal. */
final class Refusals {

    private Refusals() {}

    static Answer error(int status, String text) {
        return Answer.json(status, Map.of("error", text));
    }

    /** A bare array, as some validations answer. */
    static Answer invalid(String path, String type, String message) {
        return Answer.json(400, List.of(Map.of("path", path, "type", type, "message", message)));
    }

    /** Stops a handler with an answer. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Answer answer;

        Refused(Answer answer) {
            super("refused");
            this.answer = answer;
        }

        Answer answer() {
            return answer;
        }
    }
}

package io.caravan.hub.connectors.openai.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words in a prompt that call up the vendor's faults: {@code sandbox:refuse}, {@code invalid-json}, {@code cut},
 * {@code filter}, {@code blocked}, {@code quota}, {@code rate}, {@code overloaded}, {@code error}. With {@code -once}
 * behind it, a word strikes the first time for its keyword and never again.
 */
final class MagicWords {

    private static final Pattern WORD = Pattern.compile("sandbox:([a-z-]+)");

    private final SandboxState state;

    MagicWords(SandboxState state) {
        this.state = state;
    }

    /** The word in the text that strikes now. */
    Optional<String> said(String text, String keyword) {
        Matcher word = WORD.matcher(text);
        if (!word.find()) {
            return Optional.empty();
        }
        if (!word.group(1).endsWith("-once")) {
            return Optional.of(word.group(1));
        }
        synchronized (state) {
            String id = word.group(1) + "|" + keyword;
            if (state.get("_struck", id).isPresent()) {
                return Optional.empty();
            }
            ObjectNode struck = SandboxState.object().put("struck", true);
            state.put("_struck", id, struck);
            return Optional.of(word.group(1).substring(0, word.group(1).length() - "-once".length()));
        }
    }

    /** Throws for the words that mean a refused call. */
    void refuse(Optional<String> word) {
        switch (word.orElse("")) {
            case "quota" ->
                throw new Refused(
                        429,
                        "insufficient_quota",
                        "insufficient_quota",
                        null,
                        "You exceeded your current quota, please check your plan and billing details.");
            case "rate" ->
                throw new Refused(
                        429,
                        "tokens",
                        "rate_limit_exceeded",
                        null,
                        "Rate limit reached for this model in organization org-Sandbox0000 on tokens per min (TPM):"
                                + " Limit 30000, Used 28039, Requested 3906. Please try again in 1.5s.");
            case "overloaded" ->
                throw new Refused(503, "server_error", "overloaded", null, "The engine is currently overloaded.");
            case "error" ->
                throw new Refused(
                        500,
                        "server_error",
                        null,
                        null,
                        "The server had an error processing your request. Sorry about that!");
            default -> {
                // strikes in the answer, or is no word that we know
            }
        }
    }
}

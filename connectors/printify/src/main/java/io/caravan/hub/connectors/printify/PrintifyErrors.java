package io.caravan.hub.connectors.printify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.connectors.egress.Reply;
import io.caravan.hub.connectors.egress.VendorErrors;
import io.caravan.hub.model.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refusals are {@code {status: "error", code, message, errors: {reason, code}}}, where the reason may itself be JSON
 * text; a refused token is {@code {error, request_id}}. Codes "are subject to change", so they name a fault and only
 * the status sorts it.
 */
public final class PrintifyErrors extends VendorErrors {

    private static final ObjectMapper JSON = new ObjectMapper();

    public PrintifyErrors() {
        super("printify");
    }

    @Override
    protected Optional<Fault> read(Reply reply, @Nullable Object body) {
        Map<?, ?> map = body instanceof Map<?, ?> object ? object : Map.of();
        String code = map.get("code") == null ? "http-" + reply.status() : String.valueOf(map.get("code"));
        String said = said(map);
        if (reply.success()) {
            return "error".equals(map.get("status"))
                    ? Optional.of(new Fault(ErrorKind.TRANSIENT, code, "answered an error as a success: " + said))
                    : Optional.empty();
        }
        return Optional.ofNullable(
                switch (reply.status()) {
                    case 400, 413, 422 -> new Fault(ErrorKind.REJECTED, code, "refused the request: " + said);
                    case 401 ->
                        new Fault(ErrorKind.UNAUTHORISED, code, "refused the token (valid for a year): " + said);
                    case 403 ->
                        new Fault(
                                ErrorKind.UNAUTHORISED,
                                code,
                                "does not allow it, the token may lack a scope or the request its User-Agent: " + said);
                    case 402 -> new Fault(ErrorKind.EXHAUSTED, code, "wants to be paid: " + said);
                    case 409 ->
                        new Fault(
                                ErrorKind.TRANSIENT, code, "has such an object already, it must be looked up: " + said);
                    case 429 ->
                        new Fault(
                                ErrorKind.RATE_LIMITED,
                                code,
                                "asks to slow down, for too many requests or too many refused ones: " + said);
                    default -> null;
                });
    }

    private static String said(Map<?, ?> map) {
        Object errors = map.get("errors");
        Object reason = errors instanceof Map<?, ?> more ? more.get("reason") : null;
        List<String> said = new ArrayList<>();
        for (Object part : new Object[] {map.get("error"), map.get("message"), reason}) {
            if (part != null && !part.toString().isBlank()) {
                said.add(flat(part.toString()));
            }
        }
        return said.isEmpty() ? "no reason given" : String.join(" ", said);
    }

    /** {@code {"title":["The title field is required."]}} as {@code title: The title field is required.} */
    private static String flat(String reason) {
        try {
            JsonNode node = JSON.readTree(reason);
            if (node == null || !node.isObject()) {
                return reason;
            }
            List<String> fields = new ArrayList<>();
            node.fields().forEachRemaining(field -> {
                JsonNode value = field.getValue();
                fields.add(
                        field.getKey() + ": " + (value.isArray() ? value.path(0).asText() : value.asText()));
            });
            return String.join("; ", fields);
        } catch (JsonProcessingException e) {
            return reason;
        }
    }
}

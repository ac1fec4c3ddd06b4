package io.caravan.hub.config.store.api;

import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.config.security.Role;
import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.config.web.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The second step of every REST route, after {@code ingress}: holds the request against the operation that is named like
 * the route, and makes the body a map (null when there is none); a CSV file stays
 * bytes.
 */
@Component("contract")
public class ContractCheck implements Processor {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_FAULT = 1_000;

    private final Path file;
    private volatile @Nullable Contract contract;

    public ContractCheck(HubProperties hub) {
        this.file = hub.routes().dir().resolve("api").resolve("hub-v1.openapi.yaml");
    }

    /**
     * @throws Refusal 403 when the caller's role is below the operation's {@code x-hub-role}; 400
     *     {@code invalid-request} naming every fault, or {@code idempotency-key-required}
     */
    @Override
    public void process(Exchange exchange) throws IOException {
        String operationId = ExchangeHelper.getRouteId(exchange);
        Contract contract = contract();
        Contract.Operation operation = contract.operation(operationId);
        allow(operation.role(), exchange.getVariable("role", String.class));
        byte[] body = exchange.getMessage().getBody(byte[].class);
        boolean file = operation.bodyType().equals(Contract.CSV);
        String text = body == null || body.length == 0 ? null : file ? "," : new String(body, StandardCharsets.UTF_8);
        ValidationReport report = contract.check(
                operation,
                map(exchange, "path"),
                map(exchange, "query"),
                exchange.getVariable("idempotencyKey", String.class),
                text);
        if (report.hasErrors()) {
            throw refusal(report, operation.secrets());
        }
        if (file) {
            exchange.getMessage().setBody(body);
        } else {
            exchange.getMessage().setBody(text == null ? null : JSON.readValue(text, Object.class));
        }
    }

    private static void allow(String needed, @Nullable String role) {
        if (needed.equals("public")) {
            return;
        }
        if (role == null || Role.of(role).compareTo(Role.of(needed)) < 0) {
            throw Refusal.of(403, "forbidden", "this needs an API key with the role " + needed, Map.of("role", needed));
        }
    }

    private Contract contract() {
        Contract known = contract;
        return known == null ? read() : known;
    }

    private synchronized Contract read() {
        Contract known = contract;
        if (known == null) {
            known = new Contract(file);
            contract = known;
        }
        return known;
    }

    private static Map<String, ?> map(Exchange exchange, String variable) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (exchange.getVariable(variable) instanceof Map<?, ?> given) {
            given.forEach((name, value) -> map.put(String.valueOf(name), value));
        }
        return map;
    }

    private static Refusal refusal(ValidationReport report, boolean secrets) {
        List<Map<String, Object>> faults = new ArrayList<>();
        report.getMessages().stream()
                .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                .forEach(message -> faults.add(fault(message, secrets)));
        boolean keyMissing = faults.stream()
                .anyMatch(fault -> "Idempotency-Key".equals(fault.get("at"))
                        && String.valueOf(fault.get("rule")).endsWith("missing"));
        String said = faults.stream()
                .map(fault -> fault.get("at") + ": " + fault.get("message"))
                .collect(Collectors.joining("; "));
        return Refusal.of(
                400, keyMissing ? "idempotency-key-required" : "invalid-request", said, Map.of("errors", faults));
    }

    /** The validator's words repeat what was sent, which is not to be when that may be a credential. */
    private static Map<String, Object> fault(ValidationReport.Message message, boolean secrets) {
        Map<String, Object> fault = new LinkedHashMap<>();
        String parameter = message.getContext()
                .flatMap(ValidationReport.MessageContext::getParameter)
                .map(known -> known.getName())
                .orElse(null);
        String pointer = message.getContext()
                .flatMap(ValidationReport.MessageContext::getPointers)
                .map(ValidationReport.MessageContext.Pointers::getInstance)
                .orElse("");
        fault.put("at", parameter == null ? (pointer == null || pointer.isEmpty() ? "body" : pointer) : parameter);
        fault.put("rule", message.getKey().replace("validation.", ""));
        boolean body = message.getKey().startsWith("validation.request.body");
        fault.put("message", secrets && body ? "does not fit the contract" : cut(message.getMessage()));
        return fault;
    }

    /** The words may hold all that was sent; what is long is not sent back. */
    private static String cut(String words) {
        return words.length() <= LONGEST_FAULT ? words : words.substring(0, LONGEST_FAULT) + " ...";
    }
}

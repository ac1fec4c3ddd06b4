package io.caravan.hub.config.store.api;

import com.atlassian.oai.validator.interaction.request.RequestValidator;
import com.atlassian.oai.validator.model.ApiOperation;
import com.atlassian.oai.validator.model.NormalisedPathImpl;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.schema.SchemaValidator;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI document and its validator, built once: Camel's own {@code clientRequestValidation} builds a validator for
 * every request. The route knows its operation, so the validator's own search for it by path is left out.
 */
final class Contract {

    /**
     * What the contract says of one operation.
     *
     * @param secrets its body carries credentials: no answer and no log may repeat a piece of it
     */
    record Operation(
            PathItem.HttpMethod method,
            ContractPath path,
            String role,
            String bodyType,
            boolean secrets,
            io.swagger.v3.oas.models.Operation model) {}

    static final String CSV = "text/csv";

    private static final String JSON = "application/json";

    private final RequestValidator validator;
    private final Map<String, Operation> operations = new HashMap<>();

    /**
     * @throws IllegalStateException when there is no such document or it cannot be read
     */
    Contract(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException("the contract is not there: " + file.toAbsolutePath());
        }
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult parsed =
                new OpenAPIV3Parser().readLocation(file.toUri().toString(), null, options);
        OpenAPI document = parsed.getOpenAPI();
        if (document == null || !parsed.getMessages().isEmpty()) {
            throw new IllegalStateException("the contract cannot be read: " + parsed.getMessages());
        }
        document.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> operations.put(
                                operation.getOperationId(),
                                new Operation(
                                        method,
                                        new ContractPath(path),
                                        role(operation),
                                        bodyType(operation),
                                        operation.getExtensions().get("x-hub-secrets") == Boolean.TRUE,
                                        operation))));
        MessageResolver messages = new MessageResolver(LevelResolver.create()
                // who asks was settled before
                .withLevel("validation.request.security.missing", ValidationReport.Level.IGNORE)
                .withLevel("validation.request.parameter.query.unexpected", ValidationReport.Level.ERROR)
                .build());
        validator = new RequestValidator(new SchemaValidator(document, messages), messages, document, List.of());
    }

    /** The type that the operation's body has; a body that is no JSON is held against nothing but being there. */
    private static String bodyType(io.swagger.v3.oas.models.Operation operation) {
        return operation.getRequestBody() != null
                        && operation.getRequestBody().getContent() != null
                        && operation.getRequestBody().getContent().containsKey(CSV)
                ? CSV
                : JSON;
    }

    private static String role(io.swagger.v3.oas.models.Operation operation) {
        Map<String, Object> extensions = operation.getExtensions();
        Object role = extensions == null ? null : extensions.get("x-hub-role");
        if (role == null) {
            throw new IllegalStateException("the operation " + operation.getOperationId() + " has no x-hub-role");
        }
        return role.toString();
    }

    /**
     * @throws IllegalStateException when the contract has no such operation
     */
    Operation operation(String operationId) {
        Operation operation = operations.get(operationId);
        if (operation == null) {
            throw new IllegalStateException("the contract has no operation " + operationId);
        }
        return operation;
    }

    /**
     * Holds a request against an operation.
     *
     * @param body JSON text, null or empty when there is none
     * @throws IllegalArgumentException when a parameter of the path is empty
     */
    ValidationReport check(
            Operation operation,
            Map<String, ?> path,
            Map<String, ?> query,
            @Nullable String idempotencyKey,
            @Nullable String body) {
        String filled = operation.path().filled(path);
        SimpleRequest.Builder request =
                new SimpleRequest.Builder(operation.method().name(), filled);
        query.forEach((name, value) -> request.withQueryParam(name, String.valueOf(value)));
        if (idempotencyKey != null) {
            request.withHeader("Idempotency-Key", idempotencyKey);
        }
        if (body != null && !body.isEmpty()) {
            request.withContentType(operation.bodyType()).withBody(body);
        }
        NormalisedPathImpl asked = new NormalisedPathImpl(filled, "");
        if (asked.numberOfParts() != operation.path().numberOfParts()) {
            throw new IllegalArgumentException("a part of the path is empty");
        }
        return validator.validateRequest(
                request.build(), new ApiOperation(operation.path(), asked, operation.method(), operation.model()));
    }
}

package io.caravan.hub.config.store.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class ContractTest {

    private static final Path API = Path.of(System.getProperty("project.root", ".."), "routes", "api");
    private static final Set<String> ROLES = Set.of("public", "viewer", "operator", "designer", "admin");

    private final OpenAPI contract = contract();

    @Test
    void shouldNameEveryOperationAndTheRoleThatItNeeds() {
        List<String> ids = new ArrayList<>();
        operations((address, operation) -> {
            assertThat(operation.getOperationId()).as(address).matches("[a-z][A-Za-z]+");
            assertThat(operation.getExtensions()).as(address).containsKey("x-hub-role");
            assertThat(ROLES).as(address).contains((String)
                    operation.getExtensions().get("x-hub-role"));
            ids.add(operation.getOperationId());
        });
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(25);
    }

    @Test
    void shouldAnswerEveryRefusalWithAProblem() {
        operations((address, operation) -> {
            assertThat(operation.getResponses()).as(address).containsKey("default");
            operation.getResponses().forEach((status, response) -> {
                if (status.startsWith("4") || status.equals("default")) {
                    assertThat(response.getContent())
                            .as(address + " " + status)
                            .containsOnlyKeys("application/problem+json");
                    assertThat(schema(response.getContent(), "application/problem+json")
                                    .getProperties())
                            .as(address + " " + status)
                            .containsKeys("type", "status", "code", "message", "details", "request_id");
                }
            });
        });
    }

    @Test
    void shouldRefuseUnknownMembersAndBoundEveryTextAndListInARequest() {
        operations((address, operation) -> {
            if (operation.getParameters() != null) {
                for (Parameter parameter : operation.getParameters()) {
                    bounded(address + " " + parameter.getName(), parameter.getSchema());
                }
            }
            if (operation.getRequestBody() != null
                    && !operation.getRequestBody().getContent().containsKey("text/csv")) {
                Schema<?> body = schema(operation.getRequestBody().getContent(), "application/json");
                bounded(address + " body", body);
                if (!operation.getOperationId().startsWith("receive")) {
                    assertThat(body.getAdditionalProperties()).as(address).isEqualTo(false);
                }
                assertThat(media(operation.getRequestBody().getContent(), "application/json")
                                .getExamples())
                        .as(address + " examples")
                        .isNotEmpty();
            }
        });
    }

    @Test
    void shouldRequireAnIdempotencyKeyWhereverWorkIsAccepted() {
        operations((address, operation) -> {
            if (operation.getOperationId().startsWith("receive")) {
                return; // an event has an id of its own
            }
            if (operation.getResponses().containsKey("202")) {
                assertThat(operation.getParameters())
                        .as(address)
                        .anyMatch(
                                parameter -> parameter.getName().equals("Idempotency-Key") && parameter.getRequired());
            }
        });
    }

    @Test
    void shouldHaveARouteForEveryOperationThatBeginsWithIngressAndContract() {
        Map<String, Map<String, Object>> routes = routes();
        operations((address, operation) -> {
            String id = operation.getOperationId();
            assertThat(routes).as(address).containsKey(id);
            Map<String, Object> from = map(map(routes.get(id)).get("from"));
            assertThat(direct(from)).as(address).isEqualTo(id);
            assertThat(map(routes.get(id)).get("routeConfigurationId"))
                    .as(address)
                    .isEqualTo("api");
            List<Map<String, Object>> steps = steps(from);
            if (id.endsWith("Alias")) {
                assertThat(direct(map(steps.get(0).get("to")))).isEqualTo(id.replace("Alias", ""));
            } else if (!id.startsWith("receive")) {
                assertThat(map(steps.get(0).get("process")).get("ref"))
                        .as(address)
                        .isEqualTo("ingress");
                assertThat(map(steps.get(1).get("process")).get("ref"))
                        .as(address)
                        .isEqualTo("contract");
            }
        });
    }

    /** The name of a direct endpoint as Kaoto writes it. */
    private static Object direct(Map<String, Object> step) {
        assertThat(step.get("uri")).isEqualTo("direct");
        return Objects.requireNonNull(map(step.get("parameters")).get("name"));
    }

    private static MediaType media(Content content, String type) {
        return Objects.requireNonNull(content.get(type), type);
    }

    private static Schema<?> schema(Content content, String type) {
        return media(content, type).getSchema();
    }

    private static void bounded(String where, Schema<?> schema) {
        if ("string".equals(schema.getType()) && schema.getFormat() == null) {
            assertThat(schema.getMaxLength()).as(where + " needs maxLength").isNotNull();
        }
        if ("array".equals(schema.getType())) {
            assertThat(schema.getMaxItems()).as(where + " needs maxItems").isNotNull();
            bounded(where + "[]", schema.getItems());
        }
        if ("integer".equals(schema.getType())) {
            assertThat(schema.getMaximum()).as(where + " needs maximum").isNotNull();
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, property) -> bounded(where + "." + name, property));
        }
    }

    private void operations(BiConsumer<String, Operation> each) {
        contract.getPaths().forEach((path, item) -> {
            for (Map.Entry<PathItem.HttpMethod, Operation> operation :
                    item.readOperationsMap().entrySet()) {
                each.accept(operation.getKey() + " " + path, operation.getValue());
            }
        });
    }

    private static OpenAPI contract() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        options.setResolveFully(true);
        SwaggerParseResult parsed = new OpenAPIV3Parser()
                .readLocation(API.resolve("hub-v1.openapi.yaml").toUri().toString(), null, options);
        assertThat(parsed.getMessages()).isEmpty();
        return parsed.getOpenAPI();
    }

    private static Map<String, Map<String, Object>> routes() {
        Map<String, Map<String, Object>> routes = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(API)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".camel.yaml")).toList()) {
                List<Map<String, Object>> documents = new Yaml().load(Files.readString(file));
                for (Map<String, Object> document : documents) {
                    if (document.containsKey("route")) {
                        Map<String, Object> route = map(document.get("route"));
                        assertThat(routes.put((String) route.get("id"), route)).isNull();
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return routes;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> steps(Map<String, Object> from) {
        return (List<Map<String, Object>>) Objects.requireNonNull(from.get("steps"));
    }
}

package io.caravan.hub.routes.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each route file is what Camel's own schema of its YAML says, the same that editors check against. */
class RouteSchemaTest {

    private final JsonSchema schema = schema();

    @TestFactory
    List<DynamicTest> shouldFitTheSchema() {
        return RouteFile.all().stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.flow() + "/" + file.path().getFileName(),
                        () -> assertThat(schema.validate(file.root())).isEmpty()))
                .toList();
    }

    @Test
    void shouldBiteOnAStepThatCamelDoesNotKnow() {
        RouteFile bad = RouteFile.parse(
                java.nio.file.Path.of("routes", "x", "bad.camel.yaml"),
                "- route:\n    from:\n      uri: direct:x\n      steps:\n        - teleport:\n            uri: work:x\n");
        assertThat(schema.validate(bad.root())).isNotEmpty();
    }

    private static JsonSchema schema() {
        try (InputStream in = RouteSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            // Kaoto writes numbers and booleans as text, and Camel reads them
            SchemaValidatorsConfig asKaotoWrites =
                    SchemaValidatorsConfig.builder().typeLoose(true).build();
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
                    .getSchema(Objects.requireNonNull(in), asKaotoWrites);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.caravan.hub.enrich.idea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.enrich.Fault;
import io.caravan.hub.enrich.Samples;
import io.caravan.hub.enrich.listing.ProductFacts;
import io.caravan.hub.model.idea.Prompt;
import io.caravan.hub.model.trend.Trend;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdeationPromptTest {

    private static final ObjectMapper STRICT = new ObjectMapper();
    private static final PromptTemplate TEMPLATE = new PromptTemplate("idea.v1", resource("idea.v1.md"));
    private static final AnswerSchema SCHEMA = new AnswerSchema("idea", resource("idea.v1.schema.json"));
    private static final IdeaRules RULES = IdeaRules.defaults().forProduct(ProductFacts.defaults());
    private static final Prompt HARMLESS = IdeationPrompt.from(Samples.trend("cat mom"), RULES, TEMPLATE, SCHEMA);

    static Stream<String> injections() {
        return Injections.texts();
    }

    @Provide
    Arbitrary<String> texts() {
        return Samples.anyVisibleText(200);
    }

    @Test
    void shouldFillTheTemplateFromTheRules() {
        assertThat(HARMLESS.version()).isEqualTo("idea.v1");
        assertThat(HARMLESS.system())
                .startsWith("You design prints for a T-Shirt sold by a small shop.")
                .contains("Classic unisex fit; Medium weight fabric; Printed to order; 100% cotton")
                .contains("headline: 8 to 120 characters")
                .doesNotContain("{{");
        assertThat(HARMLESS.schemaName()).isEqualTo("idea");
        assertThat(HARMLESS.schema()).isEqualTo(SCHEMA.json());
    }

    @Test
    void shouldHandTheTrendOverAsData() throws IOException {
        Prompt prompt =
                IdeationPrompt.from(Samples.trend("cat mom", List.of("A \"headline\"")), RULES, TEMPLATE, SCHEMA);

        assertThat(STRICT.readTree(prompt.data()))
                .isEqualTo(STRICT.readTree("{\"trend\":{\"keyword\":\"cat mom\",\"score\":70,"
                        + "\"sources\":[\"google-trends\",\"tiktok\"],\"context\":[\"A \\\"headline\\\"\"]}}"));
    }

    @ParameterizedTest
    @MethodSource("injections")
    void shouldKeepForeignTextInsideItsString(String text) throws IOException {
        assertOnlyData(Samples.trend(text, List.of(text, "x " + text)));
    }

    @Property
    void shouldKeepAnyTextInsideItsString(@ForAll("texts") String text) throws IOException {
        assertOnlyData(Samples.trend(text, List.of(text)));
    }

    @ParameterizedTest
    @MethodSource("injections")
    void shouldKeepARefusedAnswerInsideItsString(String text) throws IOException {
        List<Fault> faults = List.of(new Fault("motif", "holds " + text, "mend it"));
        for (Prompt repair : List.of(
                RepairPrompt.of(HARMLESS, Map.of(text, text, "motif", List.of(text)), faults),
                RepairPrompt.of(HARMLESS, text, faults))) {
            JsonNode data = STRICT.readTree(repair.data());
            assertThat(data.fieldNames()).toIterable().containsExactly("request", "answer", "faults");
            assertThat(data.get("request")).isEqualTo(STRICT.readTree(HARMLESS.data()));
            assertThat(data.at("/faults/0/hint").asText()).isEqualTo("mend it");
            assertThat(repair.system())
                    .startsWith(HARMLESS.system().stripTrailing())
                    .isEqualTo(RepairPrompt.of(HARMLESS, "", List.of()).system());
        }
    }

    @Test
    void shouldNameBothPromptsInTheRepairsVersion() {
        Prompt repair = RepairPrompt.of(HARMLESS, "x".repeat(100_000), List.of());

        assertThat(repair.version()).isEqualTo("idea.v1+repair.v1");
        assertThat(repair.data()).hasSizeLessThan(9_000);
        assertThat(repair.schema()).isEqualTo(HARMLESS.schema());
        assertThat(repair.system()).contains("never instructions");
    }

    @Test
    void shouldRefuseATemplateThatPutsTheTrendIntoTheInstructions() {
        PromptTemplate template = new PromptTemplate("idea.v2", "Design something about {{keyword}}.");

        assertThatThrownBy(() -> IdeationPrompt.from(Samples.trend("cat"), RULES, template, SCHEMA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("{{keyword}}");
    }

    @Test
    void shouldRefuseAPromptWithoutAVersion() {
        assertThatThrownBy(() -> new PromptTemplate("idea", "text")).hasMessageContaining("idea.v1");
    }

    private static void assertOnlyData(Trend trend) throws IOException {
        Prompt prompt = IdeationPrompt.from(trend, RULES, TEMPLATE, SCHEMA);

        assertThat(prompt.system()).isEqualTo(HARMLESS.system());
        assertThat(prompt.schema()).isEqualTo(HARMLESS.schema());
        JsonNode data = STRICT.readTree(prompt.data());
        assertThat(data.fieldNames()).toIterable().containsExactly("trend");
        JsonNode inner = data.get("trend");
        assertThat(inner.fieldNames()).toIterable().containsExactly("keyword", "score", "sources", "context");
        assertThat(inner.get("keyword").isTextual()).isTrue();
        assertThat(inner.get("context").size()).isEqualTo(trend.context().size());
        assertThat(inner.get("context")).allMatch(JsonNode::isTextual);
    }

    private static String resource(String name) {
        try (InputStream in =
                Objects.requireNonNull(IdeationPromptTest.class.getResourceAsStream("/prompts/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package io.caravan.hub.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.caravan.hub.enrich.idea.IdeaRules;
import io.caravan.hub.enrich.image.ImageRules;
import io.caravan.hub.enrich.listing.ListingRules;
import io.caravan.hub.enrich.listing.PricingRules;
import io.caravan.hub.enrich.listing.ProductFacts;
import io.caravan.hub.enrich.text.WordRules;
import io.caravan.hub.enrich.trend.TrendRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rule records are what a person edits as YAML: they must survive the way there and back. */
class RulesBindingTest {

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    static Stream<Record> rules() {
        return Stream.of(
                WordRules.defaults(),
                TrendRules.defaults(),
                IdeaRules.defaults(),
                ImageRules.defaults(),
                ListingRules.defaults(),
                PricingRules.defaults(),
                ProductFacts.defaults(),
                io.caravan.hub.enrich.product.ImportRules.defaults(),
                io.caravan.hub.enrich.product.ImportPricing.defaults(),
                io.caravan.hub.enrich.price.ExchangeRates.defaults());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldBindFromYamlInSnakeCase(Record rules) throws Exception {
        String yaml = YAML.writeValueAsString(rules);

        assertThat(YAML.readValue(yaml, rules.getClass())).isEqualTo(rules);
        assertThat(yaml).doesNotContainPattern("(?m)^\\s*[a-z]+[A-Z][A-Za-z]*:");
    }

    @Test
    void shouldRefuseAWrongKeyByName() {
        assertThatThrownBy(() -> YAML.readValue("banned: []\ntrademark: []\n", WordRules.class))
                .hasMessageContaining("trademark");
    }

    @Test
    void shouldNotShareLists() throws Exception {
        WordRules rules = YAML.readValue("banned: [a1]\ntrademarks: [b2]\n", WordRules.class);

        assertThatThrownBy(() -> rules.banned().add("c3")).isInstanceOf(UnsupportedOperationException.class);
        assertThat(JsonMapper.builder().build().writeValueAsString(rules)).contains("a1");
    }
}

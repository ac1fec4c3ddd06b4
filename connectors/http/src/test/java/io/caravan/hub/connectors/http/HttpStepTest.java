package io.caravan.hub.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpStepTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "method | TRACE | method must be one of [DELETE, GET, PATCH, POST, PUT]",
                "path | products | path must begin with a /",
                "path | /products/{sku} | {sku} is not known",
                "id | product.id | id must be a JSON pointer",
                "items | products | items must be a JSON pointer",
                "reference_header | Two Words | reference_header must be the name of a header",
                "headers | x | headers is not known",
            })
    void shouldNameTheFieldThatIsWrong(String field, String value, String message) {
        Map<String, Object> how = new java.util.HashMap<>(Map.of("method", "POST", "path", "/products"));
        how.put(field, value);

        assertThatIllegalArgumentException().isThrownBy(() -> HttpStep.of(how)).withMessageContaining(message);
    }

    @Test
    void shouldWantALookUpToSayWhatItLooksFor() {
        HttpSteps steps = new HttpSteps();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> steps.check("lookup", Map.of("method", "GET", "path", "/products")))
                .withMessageContaining("{reference}");
        assertThatNoException()
                .isThrownBy(() -> steps.check("lookup", Map.of("method", "GET", "path", "/products/{reference}")));
    }

    @ParameterizedTest
    @CsvSource({"a/1,a%2F1", "a b,a%20b", "x?y=1&z,x%3Fy%3D1%26z", "{{secret}},%7B%7Bsecret%7D%7D", "é,%C3%A9"})
    void shouldKeepDataOneSegmentOfThePath(String sku, String encoded) {
        Template path = Template.of("path", "/products/{/sku}?ref={reference}");

        assertThat(path.path(Map.of("sku", sku), Map.of("reference", "r1")))
                .isEqualTo("/products/" + encoded + "?ref=r1");
    }

    @Test
    void shouldRefuseWhatIsMissingOrClimbsInAPath() {
        Template path = Template.of("path", "/products/{/sku}");

        for (Map<String, Object> request : List.<Map<String, Object>>of(
                Map.of(), Map.of("sku", ".."), Map.of("sku", " "), Map.of("sku", List.of()))) {
            assertThatIllegalArgumentException().isThrownBy(() -> path.path(request, Map.of()));
        }
    }

    @Test
    void shouldFindWhatAPointerNames() {
        Object json = Map.of("a", List.of(Map.of("b/c", 7)));

        assertThat(Pointers.at(json, Pointers.parse("id", "/a/0/b~1c"))).isEqualTo(7);
        assertThat(Pointers.at(json, Pointers.parse("id", "/a/1/b~1c"))).isNull();
        assertThat(Pointers.at(json, Pointers.parse("id", "/a/x"))).isNull();
        assertThat(Pointers.at(null, Pointers.parse("id", "/a"))).isNull();
    }
}

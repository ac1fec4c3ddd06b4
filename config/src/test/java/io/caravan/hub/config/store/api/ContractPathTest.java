package io.caravan.hub.config.store.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.atlassian.oai.validator.model.NormalisedPathImpl;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContractPathTest {

    private final ContractPath path = new ContractPath("/api/v1/jobs/{id}/cancel");

    @Test
    void whatIsFilledInIsReadBackUnchanged() {
        for (String value : new String[] {"a", "a b", "a+b", "a/b", "100%", "{id}", "ä?&#"}) {
            NormalisedPathImpl filled = new NormalisedPathImpl(path.filled(Map.of("id", value)), "");
            assertThat(filled.numberOfParts()).isEqualTo(path.numberOfParts());
            assertThat(path.paramValues(parameter(), filled.part(parameter())))
                    .isEqualTo(Map.of("id", Optional.of(value)));
        }
    }

    @Test
    void onlyTheParameterHasAName() {
        for (int i = 0; i < path.numberOfParts(); i++) {
            assertThat(path.hasParams(i)).isEqualTo(i == parameter());
        }
    }

    @Test
    void aPartOfTextAndParameterIsRefusedRatherThanLeftUnchecked() {
        assertThatIllegalStateException().isThrownBy(() -> new ContractPath("/api/v1/jobs/{id}.json"));
        assertThatIllegalStateException().isThrownBy(() -> new ContractPath("/api/v1/jobs/{id}{kind}"));
    }

    private int parameter() {
        for (int i = 0; i < path.numberOfParts(); i++) {
            if (path.part(i).equals("{id}")) {
                return i;
            }
        }
        throw new AssertionError("no part is {id}");
    }
}

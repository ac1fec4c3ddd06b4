package io.caravan.hub.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.proof.lab.Oracle;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The judge itself: it has to see each kind of harm. */
class OracleTest {

    private final Oracle oracle = new Oracle();

    @BeforeEach
    void promise() {
        oracle.acknowledged("a1", "a");
        oracle.acknowledged("a2", "a");
        oracle.acknowledged("b1", "b");
        oracle.acknowledged("b1", "b");
        oracle.acknowledged("free", "");
    }

    @Test
    void shouldFindNothingWrongWhereEachIsThereOnceAndInOrder() {
        assertThat(oracle.acknowledged()).isEqualTo(4);
        Oracle.Verdict verdict = oracle.judge(List.of("free", "b1", "a1", "a2", "never answered"), Set.of());
        assertThat(verdict.clean()).as("%s", verdict).isTrue();
    }

    @Test
    void shouldCallLostWhatHasNeitherAnEffectNorAVisibleFailure() {
        Oracle.Verdict verdict = oracle.judge(List.of("a1", "b1"), Set.of("a2"));
        assertThat(verdict.lost()).containsExactly("free");
        assertThat(verdict.dead()).containsExactly("a2");
        assertThat(verdict.clean()).isFalse();
    }

    @Test
    void shouldCallDoubledAlsoWhatWasNeverAcknowledged() {
        Oracle.Verdict verdict = oracle.judge(List.of("a1", "a2", "x", "b1", "x", "free", "free"), Set.of());
        assertThat(verdict.doubled()).containsExactly("free", "x");
        assertThat(verdict.clean()).isFalse();
    }

    @Test
    void shouldCallOvertakenWhatComesBehindItsSuccessor() {
        Oracle.Verdict verdict = oracle.judge(List.of("a2", "b1", "a1", "free"), Set.of());
        assertThat(verdict.overtaken()).containsExactly("a1");
        assertThat(verdict.clean()).isFalse();
    }
}

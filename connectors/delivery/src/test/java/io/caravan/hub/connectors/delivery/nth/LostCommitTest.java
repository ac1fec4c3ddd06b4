package io.caravan.hub.connectors.delivery.nth;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.accept.AcceptPolicy;
import io.caravan.hub.connectors.delivery.accept.Problem;
import io.caravan.hub.connectors.delivery.nth.FaultyJdbc.Call;
import io.caravan.hub.connectors.delivery.nth.FaultyJdbc.Fault;
import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.Rig;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a caller is told when the database fails while its request is stored. */
class LostCommitTest {

    @ParameterizedTest
    @EnumSource
    void aCommitWhoseAnswerIsLostIsNotCalledNothingAndTheSameKeyGetsWhatWasStored(Database database) {
        try (Node node = new Node(database)) {
            node.jdbc.arm(accepts(node, "commit"), Fault.LOST);
            Problem problem = ask(node, "lost").getException(Problem.class);
            assertThat(problem.status()).isEqualTo(503);
            assertThat(problem.getMessage()).contains("not known", "same Idempotency-Key");
            assertThat(problem.retryAfter()).isPresent();

            Exchange again = ask(node, "lost");
            assertThat(again.getException()).isNull();
            assertThat(again.getMessage().getHeader(AcceptPolicy.REPLAYED)).isEqualTo("true");
            assertThat(again.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE))
                    .isEqualTo(202);
            Rig.eventually().until(() -> node.done("asked", "lost") == 1);
            assertThat(node.done("accepted", "lost")).isEqualTo(1);
            assertThat(node.items("DONE", "lost")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneConnectionThatBreaksBeforeTheCommitIsMadeUpForAndNobodyNotices(Database database) {
        try (Node node = new Node(database)) {
            node.jdbc.arm(accepts(node, "execute"), Fault.BROKEN);
            assertThat(ask(node, "alone").getException()).isNull();
            assertThat(node.jdbc.fired()).isTrue();
            Rig.eventually().until(() -> node.done("asked", "alone") == 1);
            assertThat(node.done("accepted", "alone")).isEqualTo(1);
        }
    }

    private static Exchange ask(Node node, String key) {
        return node.askOnce("direct:ask", Map.of("key", key), key);
    }

    /** The first call of this kind by which a request's writes become durable. */
    private static Call accepts(Node node, String kind) {
        node.jdbc.watch();
        node.ask("first");
        return node.jdbc.calls().stream()
                .filter(call -> call.kind().equals(kind) && call.label().contains("api_request"))
                .filter(call -> !call.label().contains("SELECT"))
                .findFirst()
                .orElseThrow();
    }
}

package io.caravan.hub.routes.proof;

import io.caravan.hub.connectors.delivery.effect.Shape;
import io.caravan.hub.model.delivery.FaultPoint;
import java.util.EnumSet;
import java.util.Set;

/** Which of the points of an effect an operation can pass, derived from its shape alone. */
final class Reach {

    private static final Set<FaultPoint> EFFECT =
            EnumSet.range(FaultPoint.CP10_IN_INTENT_TX, FaultPoint.CP23_COMPENSATION_SENT_BEFORE_COMMIT);

    /** Of the profile kafka: {@code EventsTest} in proof/ kills there. */
    static final Set<FaultPoint> EXCLUDED =
            EnumSet.range(FaultPoint.CP29_POLLED_BEFORE_INSERT, FaultPoint.CP31_AFTER_OFFSET);

    private Reach() {}

    static Set<FaultPoint> of(Operation operation) {
        // intent, socket and result are the same for every shape; only what is reversible is verified, confirmed and
        // taken back
        return operation.shape() == Shape.REVERSIBLE
                ? EFFECT
                : EnumSet.range(FaultPoint.CP10_IN_INTENT_TX, FaultPoint.CP15_IN_RESULT_TX);
    }

    /** All that are no effect's own. */
    static Set<FaultPoint> ofDelivery() {
        Set<FaultPoint> all = EnumSet.allOf(FaultPoint.class);
        all.removeAll(EFFECT);
        all.removeAll(EXCLUDED);
        return all;
    }
}

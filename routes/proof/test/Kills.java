package io.caravan.hub.routes.proof;

import io.caravan.hub.model.delivery.FaultPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The cells of the kill matrix, derived from the operations and the points. */
final class Kills {

    private static final List<String> ACCEPT = List.of("accept");
    /** Points that an effect passes only after a doubt, which is another kill's. */
    private static final Set<FaultPoint> IN_DOUBT =
            Set.of(FaultPoint.CP17_LOOKED_UP_BEFORE_CANCEL, FaultPoint.CP18_CANCELLED_BEFORE_COMMIT);
    /** Payloads of the points that are not an effect's: one of each shape. */
    private static final List<String> KINDS = List.of("store.product", "etsy.listing", "sendgrid.mail", "openai.chat");

    private final List<Operation> operations;
    private final List<Kill> all = new ArrayList<>();

    private Kills(List<Operation> operations) {
        this.operations = operations;
    }

    /** @param kinds payloads that the points of delivery are passed with, at most {@value} 4 */
    static List<Kill> of(List<Operation> operations, int kinds) {
        Kills kills = new Kills(operations);
        for (FaultPoint point : FaultPoint.values()) {
            kills.effects(point);
        }
        for (int kind = 0; kind < kinds; kind++) {
            int next = kind;
            for (FaultPoint point : Reach.ofDelivery()) {
                kills.delivery(point, kills.operation(KINDS.get(next++ % KINDS.size())));
            }
        }
        return kills.all;
    }

    private Operation operation(String effect) {
        return operations.stream()
                .filter(one -> one.effect().equals(effect))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no operation " + effect));
    }

    private void effects(FaultPoint point) {
        for (Operation one : operations) {
            if (!Reach.of(one).contains(point) || IN_DOUBT.contains(point)) {
                continue;
            }
            String fault = point.code() + "@" + one.effect();
            boolean doubt = point == FaultPoint.CP12_WRITTEN_AWAITING_REPLY;
            boolean verifies = Reach.of(one).containsAll(IN_DOUBT);
            add(
                    one,
                    doubt && verifies ? List.of(fault, "CP17@" + one.effect(), "CP18@" + one.effect()) : List.of(fault),
                    ACCEPT,
                    point == FaultPoint.CP23_COMPENSATION_SENT_BEFORE_COMMIT);
        }
    }

    private void delivery(FaultPoint point, Operation kind) {
        String type = point.code() + "@" + kind.type();
        switch (point) {
            case CP01_READ_BEFORE_TX,
                    CP02_ACCEPT_IN_TX,
                    CP03_COMMITTED_BEFORE_202,
                    CP26_OUTBOX_CLAIMED,
                    CP27_ACKED_BEFORE_MARK,
                    CP28_IN_MARK_TX -> add(kind, List.of(point.code()), ACCEPT, false);
            case CP04_VERIFIED_BEFORE_INSERT, CP05_COMMITTED_BEFORE_2XX ->
                add(kind, List.of(point.code()), List.of("hook"), false);
            case CP06_IN_SLOT_TX, CP07_AFTER_SLOT_COMMIT -> add(kind, List.of(point.code()), List.of("slot"), false);
            case CP08_LOCKED_BEFORE_COMMIT,
                    CP09_CLAIMED_BEFORE_HANDLER,
                    CP24_IN_FINISH_TX,
                    CP25_COMMITTED_BEFORE_LANE_RELEASE -> add(kind, List.of(type), ACCEPT, false);
            case CP32_PUT_BEFORE_ROW -> add(operation("openai.image"), List.of("CP32@openai.image"), ACCEPT, false);
            // one life of a dead letter: moved, edited, replayed
            case CP33_DEAD_MOVE_TX ->
                add(kind, List.of(type, "CP35", "CP34"), List.of("accept", "edit", "replay"), false);
            case CP36_DURING_DRAIN -> add(kind, List.of("CP36"), List.of("accept", "stop"), false);
            case CP34_REPLAY_TX, CP35_EDIT_SAVED -> {}
            default -> throw new IllegalStateException("nobody says how " + point + " is reached");
        }
    }

    private void add(Operation operation, List<String> faults, List<String> doors, boolean back) {
        all.add(new Kill(all.size(), operation, faults, doors, back));
    }
}

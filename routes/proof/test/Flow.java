package io.caravan.hub.routes.proof;

import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.model.delivery.VendorObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What leads to an operation and what comes of it: its payload maker.
 *
 * @param stages the effects of one business object, in their order; the operation is one of them
 * @param made what the vendor has of what the operation makes; null for an operation that leaves nothing there
 * @param each how many objects there are to be for one business key
 * @param anySuccess whether every 2xx is a yes by the contract, whatever its body
 */
record Flow(List<Stage> stages, @Nullable Function<SandboxState, Made> made, int each, boolean anySuccess) {

    /**
     * What a vendor has.
     *
     * @param all objects that are there
     * @param done those that are as they should be at the end
     */
    record Made(int all, int done) {}

    /**
     * One effect.
     *
     * @param until verified, confirmed or cancelled
     * @param request shape: in, the business key and what the stages before it made, by effect; out, the request. Always
     *     the same for the same
     */
    record Stage(String effect, String until, BiFunction<String, Map<String, VendorObject>, Object> request) {}

    static Stage stage(String effect, BiFunction<String, Map<String, VendorObject>, Object> request) {
        return new Stage(effect, "confirmed", request);
    }

    static Stage verified(String effect, BiFunction<String, Map<String, VendorObject>, Object> request) {
        return new Stage(effect, "verified", request);
    }

    /** As far as the operation's reversible form, and all of it taken back, the last first. */
    static List<Stage> back(Operation operation, List<Stage> stages) {
        List<Stage> all = new ArrayList<>();
        List<Stage> undo = new ArrayList<>();
        for (Stage stage : stages) {
            all.add(new Stage(stage.effect(), "verified", stage.request()));
            if (stage.effect().equals(operation.effect())) {
                undo.add(0, new Stage(stage.effect(), "cancelled", stage.request()));
                break;
            }
            if (stage.until().equals("verified")) {
                undo.add(0, new Stage(stage.effect(), "cancelled", stage.request()));
            }
        }
        all.addAll(undo);
        return all;
    }

    Flow(List<Stage> stages, @Nullable Function<SandboxState, Made> made) {
        this(stages, made, 1, false);
    }

    Flow {
        stages = List.copyOf(stages);
    }

    /**
     * How often the vendor has it, too often and too little told apart.
     *
     * @param keys business objects that it should have
     * @param most business objects that it may have
     */
    List<String> wrong(SandboxState state, int keys, int most) {
        if (made == null) {
            return List.of();
        }
        Made there = made.apply(state);
        if (there.all() > most * each) {
            return List.of("doubled: the vendor has " + there + " of " + keys * each);
        }
        return there.done() < keys * each ? List.of("lost: the vendor has " + there + " of " + keys * each) : List.of();
    }

    /**
     * @throws IllegalStateException when nobody wrote a payload maker for the operation
     */
    static Flow of(Operation operation) {
        Flow flow = Flows.of(operation.effect());
        if (flow == null
                || flow.stages().stream().noneMatch(stage -> stage.effect().equals(operation.effect()))) {
            throw new IllegalStateException("no payload maker in Flows for " + operation.effect());
        }
        return flow;
    }
}

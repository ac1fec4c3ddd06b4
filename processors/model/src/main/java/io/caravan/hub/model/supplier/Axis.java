package io.caravan.hub.model.supplier;

import io.caravan.hub.model.Checks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a buyer chooses: colour, size.
 *
 * @param id the supplier's id of the axis, else its name
 * @param values in the supplier's order, ids unique within the axis
 */
public record Axis(String id, String name, List<Value> values) {

    public Axis {
        Checks.text("axis.id", id, 100);
        Checks.text("axis.name", name, 200);
        values = List.copyOf(values);
    }

    /**
     * @param id the supplier's id of the value, else its label
     * @param label what a buyer reads; the seller's own text where the supplier has one
     * @param image the picture of this value, null when it has none
     */
    public record Value(String id, String label, @Nullable String image) {

        public Value {
            Checks.text("axis.value.id", id, 200);
            Checks.text("axis.value.label", label, 300);
        }
    }
}

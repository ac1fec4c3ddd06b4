package io.caravan.hub.model.product;

import io.caravan.hub.model.Checks;
import java.util.List;

/**
 * What a buyer chooses, as a shop shows it.
 *
 * @param name unique within the product
 * @param values labels in the order to show, each once
 */
public record Option(String name, List<String> values) {

    public Option {
        Checks.text("option.name", name, 100);
        values.forEach(value -> Checks.text("option.value", value, 255));
        values = List.copyOf(values);
    }
}

package io.caravan.hub.model.delivery;

import java.util.Map;

/**
 * Knows how the steps of an effect may be described in a file that a person writes. Found as a service; asked when a route
 * that names the effect starts, so that a mistake is told before anything goes out.
 */
public interface EffectSteps {

    /** What such a file says under {@code through}: the Kamelet that runs the steps, without its {@code -action}. */
    String through();

    /**
     * @param step create, lookup, confirm or cancel
     * @param how what the file says of it
     * @throws IllegalArgumentException naming the field and what is wrong with it
     */
    void check(String step, Map<String, Object> how);
}

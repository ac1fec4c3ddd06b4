package io.caravan.hub.enrich.image;

/**
 * One line for the reviewer.
 *
 * @param code stable, kebab case: {@code too-small}
 * @param good false when it speaks against approving without a person
 * @param text for a person
 */
public record Finding(String code, boolean good, String text) {}

package io.caravan.hub.model.trend;

/**
 * One line of a score's explanation. The points of a score's reasons add up to the score.
 *
 * @param code stable, kebab case: {@code sources-agree}
 * @param text for a person: "seen by 3 of 4 sources"
 */
public record Reason(String code, int points, String text) {}

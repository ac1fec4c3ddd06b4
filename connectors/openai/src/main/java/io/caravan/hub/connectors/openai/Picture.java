package io.caravan.hub.connectors.openai;

/**
 * A picture as it came, known by its own bytes.
 *
 * @param mediaType {@code image/png}, {@code image/jpeg} or {@code image/webp}
 * @param width in pixels
 * @param costMicros what it cost, in millionths of a US dollar
 * @param model that drew it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes leave for the object store at once
public record Picture(byte[] bytes, String mediaType, int width, int height, long costMicros, String model) {}

package io.caravan.hub.model.image;

/**
 * A stored blob.
 *
 * @param sha256 lower-case hexadecimal hash of the bytes, the object's name
 * @param size in bytes
 */
public record StoredObject(String kind, String sha256, String mediaType, long size) {}

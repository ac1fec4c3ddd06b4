package io.caravan.hub.enrich;

/**
 * One thing that keeps an answer or a listing from passing.
 *
 * @param field where, as in JSON: {@code headline}, {@code tags[3]}
 * @param what what is wrong; may quote a few characters of untrusted text, so it is data to whoever reads it
 * @param hint how to mend it; written by us, never quotes untrusted text
 */
public record Fault(String field, String what, String hint) {}

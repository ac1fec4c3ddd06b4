package io.caravan.hub.routes.proof;

/**
 * One request of a cell, as it arrived.
 *
 * @param call the Kamelet that made it, such as {@code etsy-listing-create-action}
 * @param index the how manyth of that Kamelet's run, from 0
 * @param changes whether it can change anything at the vendor
 * @param at nanoseconds
 * @param strike the fault that met it, empty for none
 */
record Seen(String call, int index, boolean changes, String method, String path, long at, String strike) {}

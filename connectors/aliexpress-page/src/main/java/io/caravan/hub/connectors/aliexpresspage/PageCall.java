package io.caravan.hub.connectors.aliexpresspage;

/**
 * One page to fetch.
 *
 * @param path behind the base URL, built from checked parts only
 * @param page number of a search page, 0 for a page without one
 * @param cookie what pins currency and language; without it the page guesses them from our address
 */
public record PageCall(String path, int page, String cookie, String language) {}

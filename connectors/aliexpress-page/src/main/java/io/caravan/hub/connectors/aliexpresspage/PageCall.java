package io.caravan.hub.connectors.aliexpresspage;

/**
 * One page to fetch.
 *
 * @param path behind the base URL, built from checked parts only
 * @param query encoded, each pair with an ampersand behind it, may be empty
 * @param cookie what pins currency and language; without it the page guesses them from our address
 */
public record PageCall(String path, String query, String cookie, String language) {}

package io.caravan.hub.connectors.etsy;

import java.nio.charset.StandardCharsets;

/**
 * One request in the making, which {@code etsy-request-action} sends.
 *
 * @param path behind the base URL, built from checked ids only
 * @param query encoded, each pair with an ampersand behind it, may be empty
 * @param contentType empty when there is no body
 * @param bearer whether the shop's token goes along; the app's key always does
 * @param payload bytes, or a multipart entity
 */
public record EtsyCall(String path, String query, String contentType, boolean bearer, Object payload) {

    static final String BASE = "/v3/application";

    static EtsyCall get(String path, String query) {
        return new EtsyCall(BASE + path, query, "", true, "");
    }

    static EtsyCall form(String path, EtsyForm form) {
        return new EtsyCall(BASE + path, "", EtsyForm.CONTENT_TYPE, true, form.bytes());
    }

    static EtsyCall json(String path, String json) {
        return new EtsyCall(
                BASE + path, "", "application/json; charset=utf-8", true, json.getBytes(StandardCharsets.UTF_8));
    }
}

package io.caravan.hub.connectors.shopify.sandbox;

/** An entry of {@code errors[]}: the whole request is refused, with status 200. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    Refusal(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    String code() {
        return code;
    }
}

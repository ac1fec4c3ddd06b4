package io.caravan.hub.config.cli;

/** The hub did not do it; the message is for the terminal. */
final class ApiFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exit;

    ApiFailure(int exit, String message) {
        super(message);
        this.exit = exit;
    }

    int exit() {
        return exit;
    }
}

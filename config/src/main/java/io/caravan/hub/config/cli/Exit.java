package io.caravan.hub.config.cli;

/** Exit codes of the command line, as documented by {@code hub --help}. */
final class Exit {

    static final int OK = 0;
    /** The command was understood and failed, or doctor found something. */
    static final int FAILED = 1;
    /** The command line itself is wrong (picocli's own code). */
    static final int USAGE = 2;
    /** No hub answers at the address. */
    static final int UNREACHABLE = 3;
    /** The key is missing, unknown, or may not do this. */
    static final int NOT_ALLOWED = 4;
    /** There is no such thing. */
    static final int NOT_FOUND = 5;

    private Exit() {}
}

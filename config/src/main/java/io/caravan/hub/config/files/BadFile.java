package io.caravan.hub.config.files;

/** A file of a person is not as it must be. The message names the file, the line, the field and the reason. */
public final class BadFile extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public BadFile(String message) {
        super(message);
    }
}

package io.caravan.hub.config.lint;

import java.nio.file.Path;

/**
 * A rule that something breaks.
 *
 * @param place route and step
 * @param what what happens otherwise
 * @param instead what to do
 */
public record Finding(String rule, String file, String place, String what, String instead) {

    /** Without the folders before it; empty where Camel does not say, as of route configurations. */
    public String fileName() {
        Path name = Path.of(file.replaceFirst("^[a-z]+:", "")).getFileName();
        return name == null ? file : name.toString();
    }

    @Override
    public String toString() {
        return (file.isEmpty() ? "" : fileName() + ", ") + place + ": " + rule + ". " + what + " " + instead;
    }
}

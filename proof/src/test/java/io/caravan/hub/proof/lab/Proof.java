package io.caravan.hub.proof.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Objects;

/** Whether the long forms run: {@code ./mvnw verify -Pproof}. */
public final class Proof {

    public static final boolean LONG = Boolean.getBoolean("hub.proof");

    private Proof() {}

    public static int times(int shortForm, int longForm) {
        return LONG ? longForm : shortForm;
    }

    /** The same for what is done again and again, where {@code -Dhub.rounds=3} asks for a part of it or for more. */
    public static int rounds(int shortForm, int longForm) {
        return Integer.getInteger("hub.rounds", times(shortForm, longForm));
    }

    /** A line of figures for docs/results.md; in {@code target/figures.txt} as well, at once, for runs that are cut off. */
    @SuppressWarnings("PMD.SystemPrintln")
    public static void tell(String format, Object... values) {
        String line = "proof: " + String.format(Locale.ROOT, format, values) + System.lineSeparator();
        System.out.print(line);
        try {
            Path file = Path.of(System.getProperty("project.root"), "proof", "target", "figures.txt");
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.caravan.hub.config.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The file {@code restored} of a data folder: the database was put back and no hub has started on it since. */
public final class RestoredFile {

    private RestoredFile() {}

    private static Path in(Path data) {
        return data.resolve("restored");
    }

    /** @param takenAt when the backup was made */
    public static void write(Path data, Instant takenAt) throws IOException {
        Files.createDirectories(data);
        Files.writeString(in(data), takenAt + "\n");
    }

    /**
     * When the backup was made; empty when nothing was put back.
     *
     * @throws IllegalStateException when the file was damaged: starting would make things twice
     */
    public static Optional<Instant> read(Path data) {
        Path file = in(data);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(Files.readString(file).strip()));
        } catch (DateTimeParseException e) {
            throw new IllegalStateException(
                    file + " must hold the time of the backup, as 2026-11-20T10:00:00Z: write it anew", e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    public static void done(Path data) {
        try {
            Files.deleteIfExists(in(data));
        } catch (IOException e) {
            throw new UncheckedIOException(in(data) + " cannot be removed", e);
        }
    }
}

package io.caravan.hub.config.backup;

import io.caravan.hub.config.security.PrivateFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.h2.message.DbException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** Puts a {@link Backup} back into a data folder that no hub uses. What was there is moved aside, never deleted. */
public final class Restore {

    static final Pattern OBJECT = Pattern.compile("objects/[A-Za-z0-9_-]{1,64}/[A-Za-z0-9_-]{1,64}/[0-9a-f]{64}");

    private static final Pattern DATABASE_PART = Pattern.compile("hub(?:\\.[a-z]+)+");

    private static final String DATABASE_FILE = "hub.mv.db";

    private final Path data;

    public Restore(Path data) {
        this.data = data;
    }

    /** @param aside where the files went that were there before; null when there were none */
    public record Done(Instant takenAt, @Nullable Path aside, int parts) {}

    /**
     * @throws IllegalArgumentException when the file is no whole backup of a hub; nothing was changed then
     * @throws IOException when it cannot be read or the folder not written
     */
    public Done from(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<ZipEntry> entries = known(zip);
            Instant takenAt = takenAt(zip);
            Files.createDirectories(data);
            Path fresh = Files.createTempDirectory(data, "restoring");
            try {
                unpack(file, zip, entries, fresh);
            } catch (IOException | RuntimeException e) {
                FileSystemUtils.deleteRecursively(fresh);
                throw e;
            }
            // before the database: a start after a kill in between must not take it for one that knows everything
            RestoredFile.write(data, takenAt);
            Path aside = moveAside();
            for (String part : parts()) {
                if (Files.exists(fresh.resolve(part))) {
                    Files.move(fresh.resolve(part), data.resolve(part));
                }
            }
            Files.delete(fresh);
            return new Done(takenAt, aside, entries.size());
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException(file + " is not a whole backup of a hub", e);
        } catch (ZipException e) {
            throw new IllegalArgumentException(file + " is no backup of a hub, or not a whole one", e);
        }
    }

    private static void unpack(Path file, ZipFile zip, List<ZipEntry> entries, Path fresh) throws IOException {
        for (ZipEntry entry : entries) {
            unpack(zip, entry, fresh.resolve(entry.getName()));
        }
        Path database = fresh.resolve(Backup.DATABASE);
        checkNames(database);
        try {
            org.h2.tools.Restore.execute(database.toString(), fresh.toString(), null);
        } catch (DbException e) {
            throw new IllegalArgumentException(file + " holds a database that cannot be unpacked", e);
        }
        Files.delete(database);
        if (!Files.exists(fresh.resolve(DATABASE_FILE))) {
            throw new IllegalArgumentException(file + " holds no database of a hub");
        }
    }

    /** H2 unpacks under whatever name it finds inside, also one that leads out of the folder. */
    private static void checkNames(Path database) throws IOException {
        try (ZipFile zip = new ZipFile(database.toFile())) {
            zip.stream().map(ZipEntry::getName).forEach(name -> {
                if (!DATABASE_PART.matcher(name).matches()) {
                    throw new IllegalArgumentException(
                            "the backup's database holds \"" + name + "\", which no database of a hub does");
                }
            });
        }
    }

    /** Names come from outside: what is not one of ours is refused before anything is written. */
    private static List<ZipEntry> known(ZipFile zip) {
        List<ZipEntry> known = new ArrayList<>();
        zip.stream().filter(entry -> !entry.getName().equals(Backup.ABOUT)).forEach(entry -> {
            String name = entry.getName();
            if (!name.equals(Backup.DATABASE)
                    && !Backup.KEYS.contains(name)
                    && !OBJECT.matcher(name).matches()) {
                throw new IllegalArgumentException("the file holds \"" + name + "\", which no backup of a hub does");
            }
            known.add(entry);
        });
        if (known.stream().noneMatch(entry -> entry.getName().equals(Backup.DATABASE))) {
            throw new IllegalArgumentException("the file is no backup of a hub: it holds no " + Backup.DATABASE);
        }
        return known;
    }

    private static Instant takenAt(ZipFile zip) throws IOException {
        ZipEntry about = zip.getEntry(Backup.ABOUT);
        if (about == null) {
            throw new IllegalArgumentException("the file is no backup of a hub: it holds no " + Backup.ABOUT);
        }
        try (InputStream in = zip.getInputStream(about)) {
            Properties properties = new Properties();
            properties.load(new StringReader(new String(in.readNBytes(10_000), StandardCharsets.UTF_8)));
            return Instant.parse(properties.getProperty(Backup.TAKEN_AT, ""));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("the backup does not say when it was taken", e);
        }
    }

    private static void unpack(ZipFile zip, ZipEntry entry, Path to) throws IOException {
        Files.createDirectories(to.toAbsolutePath().getParent());
        try (InputStream in = zip.getInputStream(entry)) {
            if (Backup.KEYS.contains(entry.getName())) {
                PrivateFile.readOrCreate(to, () -> text(in));
            } else {
                Files.copy(in, to);
            }
        }
    }

    private static String text(InputStream in) {
        try {
            return new String(in.readNBytes(10_000), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Path moveAside() throws IOException {
        List<Path> there =
                parts().stream().map(data::resolve).filter(Files::exists).toList();
        if (there.isEmpty()) {
            return null;
        }
        Path aside = data.resolve("before-restore-" + Instant.now().toString().replace(':', '-'));
        Files.createDirectory(aside);
        for (Path one : there) {
            Files.move(one, aside.resolve(one.getFileName()));
        }
        return aside;
    }

    private static List<String> parts() {
        return Stream.concat(Stream.of(DATABASE_FILE, "hub.trace.db", Backup.OBJECTS), Backup.KEYS.stream())
                .toList();
    }
}

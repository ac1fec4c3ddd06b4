package io.caravan.hub.config.backup;

import io.caravan.hub.config.settings.HubProperties;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;

/**
 * One zip file with all that the embedded setting keeps: {@code backup.properties} (taken_at), {@code database.zip} as H2
 * makes it while the hub runs, {@code objects/}, and the generated keys, without which stored credentials cannot be read.
 * Objects are named by their content and never change, so those that come after the database do no harm.
 */
public final class Backup {

    static final String ABOUT = "backup.properties";
    static final String TAKEN_AT = "taken_at";
    static final String DATABASE = "database.zip";
    static final String OBJECTS = "objects";
    static final List<String> KEYS = List.of("master.key", "admin.key");

    private final DataSource database;
    private final Path data;

    /** @param hub says where the folder of the embedded setting is */
    public Backup(DataSource database, HubProperties hub) {
        this.database = database;
        this.data = hub.data().dir();
    }

    /** False on PostgreSQL, which is backed up with its own means. */
    public boolean possible() {
        try (Connection connection = database.getConnection()) {
            return "H2".equals(connection.getMetaData().getDatabaseProductName());
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer: " + e.getMessage(), e);
        }
    }

    /** @throws IOException when the folder cannot be read or the target not written */
    public void write(OutputStream target) throws IOException {
        Instant at = Instant.now();
        Path copy = Files.createTempFile(data, "backup", ".zip");
        try (ZipOutputStream zip = new ZipOutputStream(target)) {
            // pictures and H2's own zip do not get smaller
            zip.setLevel(Deflater.BEST_SPEED);
            copy(copy);
            zip.putNextEntry(new ZipEntry(ABOUT));
            zip.write((TAKEN_AT + "=" + at + "\n").getBytes(StandardCharsets.UTF_8));
            add(zip, DATABASE, copy);
            for (String key : KEYS) {
                if (Files.exists(data.resolve(key))) {
                    add(zip, key, data.resolve(key));
                }
            }
            objects(zip);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private void copy(Path file) throws IOException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("BACKUP TO '" + file.toAbsolutePath().toString().replace("'", "''") + "'");
        } catch (SQLException e) {
            throw new IOException("the database cannot be copied: " + e.getMessage(), e);
        }
    }

    private void objects(ZipOutputStream zip) throws IOException {
        Path root = data.resolve(OBJECTS);
        if (!Files.isDirectory(root)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> Restore.OBJECT.matcher(name(file)).matches())
                    .toList();
        }
        for (Path file : files) {
            add(zip, name(file), file);
        }
    }

    private String name(Path file) {
        return Objects.requireNonNull(data.relativize(file)).toString().replace('\\', '/');
    }

    private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
        zip.closeEntry();
    }
}

package io.caravan.hub.config.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.config.settings.HubProperties;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class BackupTest {

    private static final String OBJECT = "objects/default/image/" + "a".repeat(64);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path file = Path.of("unset");

    @BeforeEach
    void aBackupOfARunningHub() throws Exception {
        Path data = folder.resolve("data");
        Files.createDirectories(data.resolve(OBJECT).getParent());
        Files.writeString(data.resolve(OBJECT), "picture");
        Files.writeString(data.resolve("master.key"), "the key\n");
        Files.writeString(data.resolve("admin.key.123.tmp"), "not ours");
        file = folder.resolve("hub.zip");
        try (Connection open = DriverManager.getConnection(url(data));
                Statement statement = open.createStatement()) {
            statement.execute("CREATE TABLE thing (id INT); INSERT INTO thing VALUES (7)");
            JdbcDataSource source = new JdbcDataSource();
            source.setURL(url(data));
            try (OutputStream out = Files.newOutputStream(file)) {
                new Backup(source, properties(data)).write(out);
            }
            statement.execute("INSERT INTO thing VALUES (8)");
        }
    }

    private static String url(Path data) {
        return "jdbc:h2:file:" + data.toAbsolutePath() + "/hub";
    }

    private static HubProperties properties(Path data) {
        return new Binder(new MapConfigurationPropertySource(Map.of("hub.data.dir", data.toString())))
                .bindOrCreate("hub", HubProperties.class);
    }

    private static long things(Path data) throws SQLException {
        try (Connection open = DriverManager.getConnection(url(data));
                Statement statement = open.createStatement();
                ResultSet rows = statement.executeQuery("SELECT SUM(id) FROM thing")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void whatWasThereAtItsTimeIsPutBackAndTheNextStartIsTold() throws Exception {
        Instant after = Instant.now();
        Path data = folder.resolve("other");
        Restore.Done done = new Restore(data).from(file);

        assertThat(things(data)).isEqualTo(7);
        assertThat(data.resolve(OBJECT)).hasContent("picture");
        assertThat(data.resolve("master.key")).hasContent("the key\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("master.key"))))
                .isEqualTo("rw-------");
        assertThat(done.aside()).isNull();
        assertThat(done.takenAt()).isBeforeOrEqualTo(after);
        assertThat(RestoredFile.read(data)).contains(done.takenAt());
        try (Stream<Path> left = Files.list(data)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("hub.mv.db", "objects", "master.key", "restored");
        }
    }

    @Test
    void whatIsThereIsMovedAsideAndNotLost() throws Exception {
        Path data = folder.resolve("data");
        Restore.Done done = new Restore(data).from(file);

        assertThat(things(data)).isEqualTo(7);
        assertThat(done.aside()).isNotNull();
        assertThat(things(done.aside())).isEqualTo(15);
        assertThat(done.aside().resolve(OBJECT)).hasContent("picture");
    }

    @Test
    void halfAFileIsRefusedAndNothingIsTouched() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> new Restore(folder.resolve("data")).from(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a whole one");
        assertThat(things(folder.resolve("data"))).isEqualTo(15);
        assertThat(RestoredFile.read(folder.resolve("data"))).isEmpty();
    }

    @Test
    void aNameThatLeadsElsewhereIsRefused() throws Exception {
        for (String name : new String[] {"../evil", "/etc/evil", "objects/../../evil", "objects/a/b/short"}) {
            assertThatThrownBy(() -> new Restore(folder.resolve("other")).from(zip(name)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name);
        }
        assertThat(folder.resolve("other")).doesNotExist();
    }

    private Path zip(String name) throws IOException {
        Path zip = folder.resolve("foreign.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry(Backup.ABOUT));
            out.putNextEntry(new ZipEntry(Backup.DATABASE));
            out.putNextEntry(new ZipEntry(name));
        }
        return zip;
    }

    @Test
    void aDamagedNoteOfARestoreStopsTheStart() throws Exception {
        Files.writeString(folder.resolve("restored"), "yesterday");
        assertThatThrownBy(() -> RestoredFile.read(folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2026-11-20T10:00:00Z");
    }
}

package io.caravan.hub.config.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {

    @TempDir
    Path dir;

    @Test
    void shouldMakeAFileThatOnlyItsOwnerReadsAndKeepIt() throws Exception {
        Path file = dir.resolve("deep/key");
        assertThat(PrivateFile.readOrCreate(file, () -> "one")).isEqualTo("one");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PrivateFile.readOrCreate(file, () -> "two")).isEqualTo("one");
        try (var left = Files.list(file.getParent())) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void shouldRefuseAnEmptyFile() throws Exception {
        Path file = Files.createFile(dir.resolve("key"));
        assertThatThrownBy(() -> PrivateFile.readOrCreate(file, () -> "one")).hasMessageContaining("empty");
    }
}

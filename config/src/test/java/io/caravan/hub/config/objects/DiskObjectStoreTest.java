package io.caravan.hub.config.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.image.StoredObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskObjectStoreTest {

    private static final AccountId ACME = new AccountId("acme");
    private static final byte[] BYTES = "picture".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path dir;

    private DiskObjectStore store = new DiskObjectStore(Path.of("."));

    @BeforeEach
    void open() {
        store = new DiskObjectStore(dir);
    }

    @Test
    void shouldNameAnObjectByItsBytes() {
        StoredObject stored = store.put(ACME, "images", "image/png", BYTES);
        assertThat(stored).isEqualTo(new StoredObject("images", Refs.sha256Hex(BYTES), "image/png", 7));
        assertThat(dir.resolve("acme/images/" + stored.sha256())).hasBinaryContent(BYTES);
        assertThat(store.get(ACME, "images", stored.sha256())).isEqualTo(BYTES);
    }

    @Test
    void shouldKeepOneObjectForTheSameBytesAndNoTemporaryFile() throws Exception {
        store.put(ACME, "images", "image/png", BYTES);
        store.put(ACME, "images", "image/png", BYTES);
        try (var files = Files.list(dir.resolve("acme/images"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void shouldNotShowAnAccountWhatAnotherStored() {
        String sha256 = store.put(ACME, "images", "image/png", BYTES).sha256();
        AccountId other = new AccountId("other");
        assertThatThrownBy(() -> store.get(other, "images", sha256)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void shouldNotFollowANameOutOfItsFolder() {
        assertThatThrownBy(() -> store.get(ACME, "images", "../../secret")).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> store.put(ACME, "../x", "image/png", BYTES))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

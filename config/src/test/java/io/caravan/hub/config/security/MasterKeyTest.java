package io.caravan.hub.config.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MasterKeyTest {

    private static final byte[] PLAIN = "token".getBytes(StandardCharsets.UTF_8);

    private final String base64 = MasterKey.generate();
    private final MasterKey key = new MasterKey(base64, null);

    @Test
    void shouldOpenWhatItSealed() {
        byte[] sealed = key.seal("row", PLAIN);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("token");
        assertThat(key.open(key.keyId(), "row", sealed)).isEqualTo(PLAIN);
        assertThat(key.seal("row", PLAIN)).isNotEqualTo(sealed);
    }

    @Test
    void shouldNotOpenChangedBytesNorThoseOfAnotherRow() {
        byte[] sealed = key.seal("row", PLAIN);
        assertThatThrownBy(() -> key.open(key.keyId(), "other", sealed)).isInstanceOf(IllegalStateException.class);
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> key.open(key.keyId(), "row", sealed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldStillOpenWhatThePreviousKeySealed() {
        byte[] sealed = key.seal("row", PLAIN);
        MasterKey next = new MasterKey(MasterKey.generate(), base64);
        assertThat(next.keyId()).isNotEqualTo(key.keyId());
        assertThat(next.open(key.keyId(), "row", sealed)).isEqualTo(PLAIN);
        MasterKey forgetful = new MasterKey(MasterKey.generate(), null);
        assertThatThrownBy(() -> forgetful.open(key.keyId(), "row", sealed))
                .hasMessageContaining("HUB_MASTER_PREVIOUS");
    }

    @Test
    void shouldRefuseAKeyOfAnotherLength() {
        assertThatThrownBy(() -> new MasterKey("c2hvcnQ=", null))
                .hasMessageContaining("HUB_MASTER_KEY")
                .hasMessageContaining("32 bytes");
        assertThatThrownBy(() -> new MasterKey("not base64!", null)).hasMessageContaining("Base64");
    }

    @Test
    void shouldHashTheSameApiKeyDifferentlyUnderAnotherPepper() {
        assertThat(key.hash("hub_x")).isEqualTo(key.hash("hub_x")).hasSize(64);
        assertThat(new MasterKey(MasterKey.generate(), null).hash("hub_x")).isNotEqualTo(key.hash("hub_x"));
    }
}

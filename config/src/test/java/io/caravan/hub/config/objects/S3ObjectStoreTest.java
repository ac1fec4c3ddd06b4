package io.caravan.hub.config.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.image.StoredObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class S3ObjectStoreTest {

    private static final AccountId ACME = new AccountId("acme");
    private static final byte[] PICTURE = "not really a picture".getBytes(StandardCharsets.UTF_8);

    private LocalS3 server;
    private S3Client client;
    private S3ObjectStore store;

    @BeforeEach
    void start() {
        server = LocalS3.builder().port(-1).mode(LocalS3Mode.IN_MEMORY).build();
        server.start();
        client = ObjectsConfiguration.client(new ObjectsProperties.S3(
                "hub", "us-east-1", URI.create("http://127.0.0.1:" + server.getPort()), "key", "secret"));
        client.createBucket(bucket -> bucket.bucket("hub"));
        store = new S3ObjectStore(client, "hub");
    }

    @AfterEach
    void stop() {
        store.close();
        server.shutdown();
    }

    @Test
    void shouldKeepBytesUnderTheirHash() {
        StoredObject stored = store.put(ACME, "images", "image/png", PICTURE);
        assertThat(stored.sha256()).isEqualTo(Refs.sha256Hex(PICTURE));
        assertThat(store.get(ACME, "images", stored.sha256())).isEqualTo(PICTURE);
        assertThat(client.listObjectsV2(list -> list.bucket("hub")).contents())
                .singleElement()
                .satisfies(object -> assertThat(object.key()).isEqualTo("acme/images/" + stored.sha256()));
    }

    @Test
    void shouldTakeTheSameBytesTwiceForOneObject() {
        store.put(ACME, "images", "image/png", PICTURE);
        store.put(ACME, "images", "image/png", PICTURE);
        assertThat(client.listObjectsV2(list -> list.bucket("hub")).contents()).hasSize(1);
    }

    @Test
    void shouldNotShowAnotherAccountsObject() {
        String sha256 = store.put(ACME, "images", "image/png", PICTURE).sha256();
        assertThatThrownBy(() -> store.get(new AccountId("other"), "images", sha256))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void shouldRefuseANameThatIsNoHash() {
        assertThatThrownBy(() -> store.get(ACME, "images", "../../etc/passwd"))
                .isInstanceOf(NoSuchElementException.class);
    }
}

package io.caravan.hub.connectors.media;

import static io.caravan.hub.connectors.media.RawServer.head;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.image.StoredObject;
import io.caravan.hub.model.port.ObjectStore;
import io.caravan.hub.model.product.FetchedImage;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MediaKameletTest {

    private final Memory objects = new Memory();
    private final byte[] picture = Samples.turned(Samples.jpeg(400, 200), 6);

    private RawServer server;
    private CamelContext camel;

    @BeforeEach
    void start() throws Exception {
        server = new RawServer((path, out) -> {
            byte[] body = path.startsWith("/bomb") ? Samples.claiming(50_000, 50_000) : picture;
            head(out, "200 OK", "Content-Type: text/html", "Content-Length: " + body.length);
            out.write(body);
        });
        camel = context(Map.of("hub.media.allow", "127.0.0.1:" + server.port()));
    }

    private CamelContext context(Map<String, String> settings) throws Exception {
        CamelContext context = new DefaultCamelContext();
        Properties properties = new Properties();
        properties.setProperty("hub.media.patience-ms", "15000");
        properties.putAll(settings);
        context.getPropertiesComponent().setInitialProperties(properties);
        context.getRegistry().bind("objectStore", objects);
        context.getComponent("kamelet", KameletComponent.class).setNoErrorHandler(true);
        context.start();
        return context;
    }

    @AfterEach
    void stop() throws Exception {
        camel.close();
        server.close();
    }

    @Test
    void shouldStoreAPictureByItsHashAndTellWhatItIs() {
        String url = "http://127.0.0.1:" + server.port() + "/a.jpg";

        FetchedImage image =
                (FetchedImage) fetch(camel, Map.of("url", url)).getMessage().getBody();

        assertThat(image.url()).isEqualTo(url);
        assertThat(image.mediaType()).isEqualTo("image/jpeg");
        assertThat(image.width()).isEqualTo(200);
        assertThat(image.height()).isEqualTo(400);
        byte[] jpeg = objects.get(new AccountId("acme"), "images", image.sha256());
        assertThat(PictureType.of(jpeg)).isEqualTo(PictureType.JPEG);
        assertThat(image.size()).isEqualTo(jpeg.length);
        assertThat(PictureType.of(
                        objects.get(new AccountId("acme"), "images", Objects.requireNonNull(image.webpSha256()))))
                .isEqualTo(PictureType.WEBP);
        assertThat(image.asImage("Cat mug").sha256()).isEqualTo(image.sha256());
    }

    @Test
    void shouldStoreTheSamePictureOnce() {
        fetch(camel, Map.of("url", "http://127.0.0.1:" + server.port() + "/a.jpg"));
        fetch(camel, Map.of("url", "http://127.0.0.1:" + server.port() + "/b.jpg"));

        assertThat(objects.bytes).hasSize(2);
    }

    @Test
    void shouldCarryNoBytesInTheExchange() {
        Exchange done = fetch(camel, Map.of("url", "http://127.0.0.1:" + server.port() + "/a.jpg"));

        assertThat(done.getMessage().getHeaders()).isEmpty();
        assertThat(done.getVariables().values()).noneMatch(byte[].class::isInstance);
    }

    @Test
    void shouldRefuseABombAndStoreNothing() {
        VendorException refusal = failure(camel, Map.of("url", "http://127.0.0.1:" + server.port() + "/bomb.png"));

        assertThat(refusal.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(refusal.code()).isEqualTo("too-many-pixels");
        assertThat(refusal.vendor()).isEqualTo("media");
        assertThat(objects.bytes).isEmpty();
    }

    @Test
    void shouldFetchNothingFromInsideWithoutTheAllowList() throws Exception {
        try (CamelContext strict = context(Map.of())) {
            VendorException refusal = failure(strict, Map.of("url", "http://127.0.0.1:" + server.port() + "/a.jpg"));

            assertThat(refusal.kind()).isEqualTo(ErrorKind.REJECTED);
            assertThat(refusal.code()).isEqualTo("bad-url");
            assertThat(server.seen()).isEmpty();
        }
    }

    @Test
    void shouldRefuseTheAllowListInProduction() throws Exception {
        try (CamelContext production = context(
                Map.of("hub.media.allow", "127.0.0.1:" + server.port(), "spring.profiles.active", "kafka,prod"))) {
            assertThat(fetch(production, Map.of("url", "http://127.0.0.1:" + server.port() + "/a.jpg"))
                            .getException())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("hub.media.allow");
        }
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void shouldNameTheSettingThatIsWrong() throws Exception {
        try (CamelContext wrong = context(Map.of("hub.media.max-bytes", "8MB"))) {
            assertThat(fetch(wrong, Map.of("url", "http://x/")).getException())
                    .hasMessageContaining("hub.media.max-bytes");
        }
    }

    @Test
    void shouldAskForAnAddress() {
        assertThat(fetch(camel, Map.of()).getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("url");
        assertThat(fetch(camel, null).getException()).isInstanceOf(IllegalArgumentException.class);
    }

    private static VendorException failure(CamelContext camel, Map<String, String> body) {
        return Optional.ofNullable(fetch(camel, body).getException(VendorException.class))
                .orElseThrow();
    }

    private static Exchange fetch(CamelContext camel, @Nullable Map<String, String> body) {
        return camel.createFluentProducerTemplate()
                .to("kamelet:media-fetch-action")
                .withProcessor(exchange -> {
                    exchange.setVariable("account", new AccountId("acme"));
                    exchange.getMessage().setHeader("Authorization", "Bearer x");
                    exchange.getMessage().setBody(body);
                })
                .send();
    }

    private static final class Memory implements ObjectStore {

        private final Map<String, byte[]> bytes = new ConcurrentHashMap<>();

        @Override
        public StoredObject put(AccountId account, String kind, String mediaType, byte[] content) {
            String sha256 = Refs.sha256Hex(content);
            bytes.put(account + "/" + kind + "/" + sha256, content);
            return new StoredObject(kind, sha256, mediaType, content.length);
        }

        @Override
        public byte[] get(AccountId account, String kind, String sha256) {
            byte[] found = bytes.get(account + "/" + kind + "/" + sha256);
            if (found == null) {
                throw new NoSuchElementException(sha256);
            }
            return found;
        }
    }
}

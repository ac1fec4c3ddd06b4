package io.caravan.hub.connectors.cjdropshipping.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.connectors.sandbox.SandboxServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CjSandboxTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final CjSandbox sandbox = new CjSandbox(30, 50_000, Duration.ofMinutes(5));
    private SandboxServer server;

    @BeforeEach
    void start() throws IOException {
        server = SandboxServer.start(folder.resolve("state"), 0, List.of(sandbox));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldIgnoreAParameterThatItDoesNotKnow() throws Exception {
        JsonNode all = get("/product/list?keyword=mug", 1);
        assertThat(all.at("/data/list")).hasSize(10);
        assertThat(get("/product/list?productNameEn=mug", 1).at("/data/list")).hasSize(1);
        assertThat(get("/product/listV2?keyword=mug", 1)
                        .at("/data/totalRecords")
                        .asInt())
                .isEqualTo(10);
    }

    @Test
    void shouldFindAProductThatItDoesNotHaveAnyMore() throws Exception {
        JsonNode found = get("/product/listV2?keyWord=poncho&page=1&size=5", 1);
        String pid = found.at("/data/content/0/productList/0/id").asText();
        assertThat(pid).isNotBlank();
        assertThat(get("/product/query?pid=" + pid, 1).path("code").asInt()).isEqualTo(1602002);
        assertThat(get("/product/query?pid=12345678901234567", 1).path("code").asInt())
                .isEqualTo(1602001);
    }

    @Test
    void shouldHideStockUnlessAskedFor() throws Exception {
        String path = "/product/query?pid=2511200910461500000";
        assertThat(get(path, 1).at("/data/variants/0/inventories").isNull()).isTrue();
        assertThat(get(path + "&features=enable_inventory", 1).at("/data/variants/0/inventories"))
                .hasSize(1);
        assertThat(get(path, 1).at("/data/productImage").asText()).startsWith("[\"http://127.0.0.1:");
    }

    @Test
    void shouldSaySuccessWithoutAResult() throws Exception {
        JsonNode answer = get("/product/stock/getInventoryByPid?pid=2511200910461500000", 1);
        assertThat(answer.path("success").asBoolean()).isTrue();
        assertThat(answer.has("result")).isFalse();
    }

    @Test
    void shouldTakeThreeAccountsFromOneAddress() throws Exception {
        for (int user = 1; user <= 3; user++) {
            assertThat(get("/setting/get", user).path("code").asInt()).isEqualTo(200);
        }
        assertThat(get("/setting/get", 4).path("message").asText())
                .isEqualTo("Too Many Requests, one ip limit 3 users");
        assertThat(get("/setting/get", 2).path("code").asInt()).isEqualTo(200);
    }

    @Test
    void shouldRememberPointsOverARestart() throws Exception {
        get("/product/query?pid=2511200910461500000", 1);
        server.close();
        server = SandboxServer.start(folder.resolve("state"), 0, List.of(new CjSandbox(30, 15, Duration.ofMinutes(5))));
        assertThat(get("/product/query?pid=2511200910461500000", 1).path("code").asInt())
                .isEqualTo(1600201);
    }

    @Test
    void shouldRefuseUnderStatus200() throws Exception {
        HttpResponse<byte[]> answer = send("/api2.0/v1/product/query?pid=1", "nonsense");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).path("code").asInt()).isEqualTo(1600001);
        assertThat(get("/no/such/path", 1).path("code").asInt()).isEqualTo(1600101);
    }

    @Test
    void shouldShowPictures() throws Exception {
        HttpResponse<byte[]> picture = send("/_pictures/3.jpg", "");
        assertThat(picture.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(ImageIO.read(new ByteArrayInputStream(picture.body())).getWidth())
                .isEqualTo(800);
        assertThat(send("/_pictures/4.jpg", "").body()).isNotEqualTo(picture.body());
        assertThat(send("/_pictures/x.jpg", "").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldFeedProductsInAnyWrapping() throws Exception {
        Path recordings = Files.createDirectory(folder.resolve("recordings"));
        String product = "{\"pid\":\"1234567890123456\",\"productNameEn\":\"Odd one\",\"extra\":7,\"variants\":[]}";
        Files.writeString(recordings.resolve("a.json"), "{\"response\":{\"body\":{\"data\":" + product + "}}}");
        Files.writeString(
                recordings.resolve("b.json"),
                "{\"code\":200,\"data\":{\"content\":[{\"productList\":[{\"id\":\"77\",\"nameEn\":\"Odd two\",\"sku\":\"S\","
                        + "\"sellPrice\":\"1 -- 2\"}]}]}}");
        Files.writeString(recordings.resolve("c.json"), "{\"code\":1600100,\"data\":null}");
        Files.writeString(recordings.resolve("d.md"), "words");
        assertThat(sandbox.feed(recordings))
                .containsExactly(
                        "cjdropshipping: feeds 1 products of a.json",
                        "cjdropshipping: feeds 1 products of b.json",
                        "cjdropshipping: leaves alone c.json",
                        "cjdropshipping: leaves alone d.md");
        assertThat(get("/product/query?pid=1234567890123456", 1)
                        .at("/data/extra")
                        .asInt())
                .isEqualTo(7);
        assertThat(get("/product/listV2?keyWord=odd", 1)
                        .at("/data/totalRecords")
                        .asInt())
                .isEqualTo(2);
        assertThat(get("/product/query?pid=77", 1).path("code").asInt()).isEqualTo(1602002);
    }

    @Test
    void shouldFeedTheProductsOfTheSharedFolder() throws Exception {
        Path recordings = Path.of(System.getProperty("shared.contracts", ""), "cjdropshipping/recordings");
        assumeTrue(Files.isDirectory(recordings), "no recordings on this machine");
        assertThat(sandbox.feed(recordings).stream().filter(line -> line.contains("feeds")))
                .hasSize(7);
        assertThat(get("/product/listV2?keyWord=watch", 1)
                        .at("/data/totalRecords")
                        .asInt())
                .isGreaterThanOrEqualTo(4);
        assertThat(get("/product/query?pid=1665261893595959296", 1)
                        .at("/data/createrTime")
                        .asText())
                .isEqualTo("2023-06-04T07:39:09+08:00");
    }

    private JsonNode get(String path, int user) throws Exception {
        return JSON.readTree(send("/api2.0/v1" + path, "sandbox-cj-" + user).body());
    }

    private HttpResponse<byte[]> send(String path, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.url().resolve("/cjdropshipping" + path));
        if (!token.isEmpty()) {
            request.header("CJ-Access-Token", token);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}

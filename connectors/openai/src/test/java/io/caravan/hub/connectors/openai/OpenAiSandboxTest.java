package io.caravan.hub.connectors.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.egress.ContractProxy;
import io.caravan.hub.connectors.egress.VendorContract;
import io.caravan.hub.connectors.openai.sandbox.OpenAiSandbox;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.idea.Prompt;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sandbox as a stranger's client sees it, and both halves of the wire against the vendor's document. */
class OpenAiSandboxTest {

    private static final String SCHEMA = "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"a\"],"
            + "\"properties\":{\"a\":{\"type\":\"string\"}}}";

    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore();
    private ConnectorKit kit;

    @BeforeEach
    void start() throws Exception {
        kit = new ConnectorKit(folder, new OpenAiSandbox(), Map.of("apiKey", OpenAiKameletTest.KEY), Map.of())
                .bind("objectStore", store);
    }

    @AfterEach
    void stop() {
        kit.close();
    }

    @Test
    void shouldKeepToTheVendorsDocumentOnBothSides() throws Exception {
        VendorContract contract = VendorContract.of("openai/openapi.json").under("/v1");
        try (ContractProxy proxy = contract.watch(kit)) {
            kit.call(OpenAiKameletTest.CHAT, OpenAiKameletTest.prompt("capybara"), Map.of());
            kit.call(OpenAiKameletTest.CHAT + "?chatModel=gpt-6-luna", OpenAiKameletTest.prompt("moss"), Map.of());
            for (String word : List.of("cut", "invalid-json")) {
                kit.call(OpenAiKameletTest.CHAT, OpenAiKameletTest.prompt("capybara sandbox:" + word), Map.of());
            }
            for (String word : List.of("refuse", "filter", "quota", "rate", "overloaded", "error")) {
                refused(OpenAiKameletTest.CHAT, OpenAiKameletTest.prompt("capybara sandbox:" + word));
            }
            VendorObject picture =
                    (VendorObject) kit.call(OpenAiKameletTest.IMAGE, OpenAiKameletTest.brief("capybara"), Map.of());
            refused(OpenAiKameletTest.IMAGE, OpenAiKameletTest.brief("capybara sandbox:blocked"));
            kit.call(OpenAiKameletTest.MODERATION, Map.of("text", "kill", "image_sha256", picture.id()), Map.of());
            kit.call(OpenAiKameletTest.MODERATION, Map.of("image_sha256", picture.id()), Map.of());
            assertThat(proxy.seen()).hasSize(14);
            assertThat(proxy.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/chat/completions   | {'model':'gpt-4o','messages':[{'role':'user','content':'x'}],'colour':1} | 400 | unknown_parameter",
                "/v1/chat/completions   | {'model':'gpt-4o'}                                                       | 400 | missing_required_parameter",
                "/v1/chat/completions   | {'model':'gpt-3','messages':[{'role':'user','content':'x'}]}              | 404 | model_not_found",
                "/v1/chat/completions   | {'model':'gpt-5','messages':[{'role':'user','content':'x'}],'max_tokens':9} | 400 | unsupported_parameter",
                "/v1/chat/completions   | {'model':'gpt-5','messages':[{'role':'user','content':'x'}],'temperature':0.2} | 400 | unsupported_value",
                "/v1/chat/completions   | {'model':'gpt-4o','messages':[{'role':'boss','content':'x'}]}             | 400 | invalid_value",
                "/v1/chat/completions   | nonsense                                                                  | 400 | null",
                "/v1/images/generations | {'prompt':'x','model':'gpt-image-1','response_format':'b64_json'}         | 400 | unknown_parameter",
                "/v1/images/generations | {'prompt':'x','model':'gpt-image-1','size':'1x1'}                         | 400 | invalid_value",
                "/v1/images/generations | {'prompt':'x','model':'dall-e-3'}                                         | 404 | model_not_found",
                "/v1/images/generations | {'model':'gpt-image-1'}                                                   | 400 | missing_required_parameter",
                "/v1/moderations        | {'model':'omni-moderation-latest'}                                        | 400 | missing_required_parameter",
                "/v1/unicorns           | {}                                                                        | 404 | null"
            })
    void shouldRefuseWhatTheVendorRefuses(String path, String body, int status, String code) throws Exception {
        HttpResponse<String> answer = post(path, body.replace('\'', '"'), "Bearer " + OpenAiKameletTest.KEY);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Recordings.JSON.readTree(answer.body()).at("/error/code").asText())
                .isEqualTo(code);
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
        assertThat(answer.headers().firstValue("x-ratelimit-reset-requests")).contains("4ms");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'additionalProperties':false | 'x':1                        | 'additionalProperties' is required",
                "'required':['a']             | 'required':[]                | Missing 'a'",
                "'required':['a']             | 'required':['a','b']         | Extra required key 'b'",
                "'type':'object',             | 'type':'array',              | schema must be a JSON Schema of 'type: \"object\"'",
                "{'type':'string'}            | {'type':'array'}             | array schema missing items",
                "{'type':'string'}            | {'type':'object','properties':{}} | In context=('properties', 'a')"
            })
    void shouldRefuseASchemaThatIsNotStrict(String good, String bad, String message) throws Exception {
        String schema = SCHEMA.replace(good.replace('\'', '"'), bad.replace('\'', '"'));
        assertThat(schema).isNotEqualTo(SCHEMA);
        ObjectNode body = Recordings.JSON.createObjectNode().put("model", "gpt-4o");
        body.putArray("messages").addObject().put("role", "user").put("content", "x");
        ObjectNode format = body.putObject("response_format").put("type", "json_schema");
        format.putObject("json_schema")
                .put("name", "s")
                .put("strict", true)
                .set("schema", Recordings.JSON.readTree(schema));
        HttpResponse<String> answer = post("/v1/chat/completions", body.toString(), "Bearer sk-good");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Recordings.JSON.readTree(answer.body()).at("/error/message").asText())
                .startsWith("Invalid schema for response_format 's'")
                .contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic abc", "Bearer totally-not-a-key-12345", "Bearer sk-revoked-123456789"})
    void shouldRefuseAKeyThatIsNoneAndMaskIt(String authorization) throws Exception {
        HttpResponse<String> answer = post("/v1/moderations", "{\"input\":\"x\"}", authorization);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("not-a-key-12345").doesNotContain("revoked-123456789");
    }

    @Test
    void shouldFitAnySchemaItIsGiven() throws Exception {
        String schema = "{\"type\":\"object\",\"additionalProperties\":false,"
                + "\"required\":[\"title\",\"tags\",\"mood\",\"score\",\"share\",\"safe\",\"note\",\"parts\",\"fixed\"],"
                + "\"$defs\":{\"part\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"name\"],"
                + "\"properties\":{\"name\":{\"type\":\"string\",\"maxLength\":12}}}},\"properties\":{"
                + "\"title\":{\"type\":\"string\",\"minLength\":80,\"maxLength\":90},"
                + "\"tags\":{\"type\":\"array\",\"minItems\":2,\"maxItems\":5,\"items\":{\"type\":\"string\",\"maxLength\":20}},"
                + "\"mood\":{\"type\":\"string\",\"enum\":[\"calm\",\"loud\"]},"
                + "\"score\":{\"type\":\"integer\",\"minimum\":3,\"maximum\":9},\"share\":{\"type\":\"number\"},"
                + "\"safe\":{\"type\":\"boolean\"},\"note\":{\"type\":[\"string\",\"null\"]},"
                + "\"parts\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/part\"}},\"fixed\":{\"const\":\"v1\"}}}";
        for (String keyword : List.of("retro camping", "タイ", "!?", "a")) {
            Prompt prompt = new Prompt("v1", "sys", "{\"keyword\":\"" + keyword + "\"}", "s", schema);
            VendorObject answer = (VendorObject) kit.call(OpenAiKameletTest.CHAT, prompt, Map.of());
            JsonNode value = Recordings.JSON.valueToTree(answer.facts().get("answer"));
            assertThat(JsonSchemaFactory.getInstance(VersionFlag.V202012)
                            .getSchema(schema)
                            .validate(value))
                    .isEmpty();
        }
    }

    @Test
    void shouldAnswerTheSameToTheSameAndOtherToOther() {
        Object first = answer("axolotl");
        assertThat(answer("axolotl")).isEqualTo(first);
        assertThat(answer("tax deadline")).isNotEqualTo(first);
    }

    @Test
    void shouldStrikeOnceWhereToldSo() {
        Object struck =
                kit.call(OpenAiKameletTest.CHAT, OpenAiKameletTest.prompt("moss sandbox:invalid-json-once"), Map.of());
        assertThat(((VendorObject) struck).facts()).containsKey("text").doesNotContainKey("answer");
        assertThat(answer("moss sandbox:invalid-json-once")).isInstanceOf(Map.class);
    }

    @Test
    void shouldHoldItsRateLimit() throws Exception {
        post("/_control/settings", "{\"requests_per_minute\":1}", "");
        answer("moss");
        VendorException refusal = refused(OpenAiKameletTest.CHAT, OpenAiKameletTest.prompt("moss"));
        assertThat(refusal.code()).isEqualTo("rate_limit_exceeded");
        assertThat(refusal.retryAfter()).contains(java.time.Duration.ofSeconds(6));
    }

    @Test
    void shouldDrawPicturesThatDifferToTheEye() throws Exception {
        List<Long> hashes = new ArrayList<>();
        for (String about :
                List.of("moss", "capybara", "surf", "axolotl", "bread", "northern lights", "plant", "golf")) {
            byte[] png = draw("{\"prompt\":\"a motif about " + about + "\",\"model\":\"gpt-image-1\"}");
            assertThat(png.length).isBetween(5_000, 400_000);
            assertThat(draw("{\"prompt\":\"a motif about " + about + "\",\"model\":\"gpt-image-1\"}"))
                    .isEqualTo(png);
            hashes.add(differenceHash(png));
        }
        for (int i = 0; i < hashes.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(Long.bitCount(hashes.get(i) ^ hashes.get(j)))
                        .as(i + " and " + j)
                        .isGreaterThan(8);
            }
        }
    }

    @Test
    void shouldLeaveTheBackgroundOpenWhenAsked() throws Exception {
        BufferedImage open = ImageIO.read(new ByteArrayInputStream(
                draw("{\"prompt\":\"moss\",\"model\":\"gpt-image-1\",\"background\":\"transparent\"}")));
        assertThat(open.getRGB(0, 0) >>> 24).isZero();
        BufferedImage closed = ImageIO.read(new ByteArrayInputStream(
                draw("{\"prompt\":\"moss\",\"model\":\"gpt-image-1\",\"size\":\"1536x1024\"}")));
        assertThat(closed.getRGB(0, 0) >>> 24).isEqualTo(255);
        assertThat(closed.getWidth()).isEqualTo(1536);
    }

    private Object answer(String keyword) {
        VendorObject done =
                (VendorObject) kit.call(OpenAiKameletTest.CHAT, OpenAiKameletTest.prompt(keyword), Map.of());
        return java.util.Objects.requireNonNull(done.facts().get("answer"));
    }

    private VendorException refused(String kamelet, Object body) {
        VendorException refusal = catchThrowableOfType(VendorException.class, () -> kit.call(kamelet, body, Map.of()));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private byte[] draw(String body) throws Exception {
        HttpResponse<String> answer = post("/v1/images/generations", body, "Bearer sk-good");
        return Base64.getDecoder()
                .decode(Recordings.JSON
                        .readTree(answer.body())
                        .at("/data/0/b64_json")
                        .asText());
    }

    private HttpResponse<String> post(String path, String body, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(kit.sandbox().url().resolve("/openai" + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** 64 bits: whether each of 8 by 8 fields is brighter than its right neighbour. */
    private static long differenceHash(byte[] png) throws Exception {
        BufferedImage small = new BufferedImage(9, 8, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage whole = ImageIO.read(new ByteArrayInputStream(png));
        small.createGraphics()
                .drawImage(whole.getScaledInstance(9, 8, java.awt.Image.SCALE_AREA_AVERAGING), 0, 0, null);
        long hash = 0;
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                int left = small.getRaster().getSample(x, y, 0);
                int right = small.getRaster().getSample(x + 1, y, 0);
                hash = hash << 1 | (left > right ? 1 : 0);
            }
        }
        return hash;
    }
}

package io.caravan.hub.config.store.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.config.connections.VendorAccounts;
import io.caravan.hub.config.imports.BulkImports;
import io.caravan.hub.config.imports.ImportRequests;
import io.caravan.hub.config.imports.Importing;
import io.caravan.hub.config.imports.PricingTrial;
import io.caravan.hub.config.imports.ScoredProducts;
import io.caravan.hub.config.imports.SearchImports;
import io.caravan.hub.config.imports.ShopPricing;
import io.caravan.hub.config.imports.SupplierViews;
import io.caravan.hub.config.store.Cycles;
import io.caravan.hub.config.store.Ideas;
import io.caravan.hub.config.store.Images;
import io.caravan.hub.config.store.SourceRuns;
import io.caravan.hub.config.store.Trends;
import io.caravan.hub.enrich.trend.KeywordFolder;
import io.caravan.hub.model.idea.Idea;
import io.caravan.hub.model.trend.Reason;
import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.SignalBatch;
import io.caravan.hub.model.trend.Trend;
import io.caravan.hub.model.trend.Volume;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

@SpringBootTest(
        classes = ApiApp.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:api;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
            "spring.flyway.locations=classpath:db/migration/delivery,classpath:db/migration/domain",
            "management.server.port=0",
            "camel.component.platform-http.server-request-validation=false"
        })
class ApiRoutesTest {

    private static final Path ROUTES =
            Path.of(System.getProperty("project.root", ".."), "routes").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();

    @DynamicPropertySource
    static void routes(DynamicPropertyRegistry registry) {
        registry.add("hub.routes.dir", ROUTES::toString);
        registry.add("hub.routes.path", ROUTES::toString);
        registry.add(
                "camel.main.routes-include-pattern",
                () -> "file:" + ROUTES + "/api/*.camel.yaml,file:" + ROUTES + "/_policy/api.camel.yaml,file:" + ROUTES
                        + "/_policy/work.camel.yaml");
    }

    @MockitoBean(name = "operations")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
    private Operations operations;

    @MockitoBean(name = "bulkImports")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
    private BulkImports bulkImports;

    @MockitoBean(name = "searchImports")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
    private SearchImports searchImports;

    @MockitoBean(name = "scoredProducts")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
    private ScoredProducts scoredProducts;

    @MockitoBean(name = "scoredWebhook")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
    private ScoredWebhook scoredWebhook;

    @MockitoBean(name = "importRequests")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
    private ImportRequests importRequests;

    @MockitoBean(name = "importing")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
    private Importing importing;

    @MockitoBean(name = "supplierViews")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
    private SupplierViews supplierViews;

    @MockitoBean(name = "supplierAccounts")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
    private VendorAccounts supplierAccounts;

    @MockitoBean(name = "shopAccounts")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
    private VendorAccounts shopAccounts;

    @MockitoBean(name = "shopPricing")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
    private ShopPricing shopPricing;

    @MockitoBean(name = "pricingTrial")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
    private PricingTrial pricingTrial;

    @MockitoBean(name = "deadLetterApi")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
    private DeadLetterApi deadLetterApi;

    @MockitoBean(name = "mailWebhook")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
    private MailWebhook mailWebhook;

    @Autowired
    private Trends trends;

    @Autowired
    private Ideas ideas;

    @Autowired
    private Images images;

    @Autowired
    private Cycles cycles;

    @Autowired
    private SourceRuns runs;

    @Autowired
    private ApiApp.SentWork work;

    @LocalServerPort
    private int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private final OpenApiInteractionValidator contract = OpenApiInteractionValidator.createForSpecificationUrl(
                    ROUTES.resolve("api/hub-v1.openapi.yaml").toUri().toString())
            .build();

    @BeforeEach
    void forgetWork() {
        work.sent.clear();
    }

    @Test
    void shouldPageTrendsWithTheAddressOfTheNextPage() throws Exception {
        trend();
        trend();

        HttpResponse<String> first = get("/api/v1/trends?limit=1&min_score=10");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        valid("/api/v1/trends", Request.Method.GET, first);
        String link = first.headers().firstValue("Link").orElseThrow();
        assertThat(link)
                .startsWith("</api/v1/trends?limit=1&min_score=10&cursor=")
                .endsWith(">; rel=\"next\"");
        assertThat(get(link.substring(1, link.indexOf('>'))).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNameEveryFaultOfARequest() throws Exception {
        assertThat(faults(get("/api/v1/trends?limit=900"))).containsExactly("limit");
        assertThat(faults(get("/api/v1/trends?limit=many"))).containsExactly("limit");
        assertThat(faults(get("/api/v1/images?state=lost"))).containsExactly("state");
        assertThat(faults(get("/api/v1/trends/" + "x".repeat(65)))).contains("id");
        assertThat(faults(post("/api/v1/ideas", "{\"trend_id\":7}", "k"))).containsExactly("/trend_id");
        assertThat(post("/api/v1/ideas", "{\"trend_id\":\"t\",\"CamelHttpUri\":\"x\"}", "k")
                        .body())
                .contains("CamelHttpUri");
        assertThat(post("/api/v1/ideas", "{}", "k").body()).contains("trend_id");
        assertThat(get("/api/v1/trends?limits=3").body()).contains("limits");
    }

    @Test
    void shouldRequireAnIdempotencyKeyForWorkThatSpends() throws Exception {
        HttpResponse<String> refused = post("/api/v1/ideas", "{\"trend_id\":\"t\"}", null);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(refused.body()).get("code").asText()).isEqualTo("idempotency-key-required");
        assertThat(work.sent).isEmpty();
    }

    @Test
    void shouldAcceptAnIdeaOnceForOneKey() throws Exception {
        String body = "{\"trend_id\":\"" + trend().id() + "\"}";
        String key = UUID.randomUUID().toString();

        HttpResponse<String> accepted = post("/api/v1/ideas", body, key);
        HttpResponse<String> again = post("/api/v1/ideas", body, key);
        HttpResponse<String> other = post("/api/v1/ideas", "{\"trend_id\":\"other\"}", key);

        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        valid("/api/v1/ideas", Request.Method.POST, accepted);
        assertThat(accepted.headers().firstValue("Location"))
                .hasValue(JSON.readTree(accepted.body()).get("location").asText());
        assertThat(accepted.headers().firstValue("Retry-After")).isPresent();
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(JSON.readTree(again.body())).isEqualTo(JSON.readTree(accepted.body()));
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(accepted.headers().firstValue("Location"));
        assertThat(other.statusCode()).as(other.body()).isEqualTo(422);
        assertThat(work.sent).hasSize(1);
        assertThat(work.sent.get(0).uri()).startsWith("work://idea.create");
    }

    @Test
    void shouldKeepARefreshForAdminsAndServeItsOlderAddress() throws Exception {
        HttpResponse<String> refused =
                send("POST", "/api/v1/trends/refresh", null, UUID.randomUUID().toString(), "operator");
        HttpResponse<String> all =
                send("POST", "/api/trends/refresh", null, UUID.randomUUID().toString(), "admin");
        HttpResponse<String> unknown = send(
                "POST",
                "/api/v1/trends/refresh",
                "{\"sources\":[\"myspace\"]}",
                UUID.randomUUID().toString(),
                "admin");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(all.statusCode()).as(all.body()).isEqualTo(202);
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("myspace");
        assertThat(work.sent).hasSize(1);
    }

    @Test
    void shouldReviewAPictureAndSendItOnToItsListing() throws Exception {
        Map<String, Object> item = picture();
        String address = "/api/v1/images/" + item.get("image_id");

        HttpResponse<String> reviewed = post(
                address + "/review",
                "{\"decision\":\"approve\",\"tags\":[\"it's\",\"a, b\"]}",
                UUID.randomUUID().toString());

        assertThat(reviewed.statusCode()).as(reviewed.body()).isEqualTo(200);
        valid("/api/v1/images/i/review", Request.Method.POST, reviewed);
        assertThat(JSON.readTree(get(address).body())).isEqualTo(JSON.readTree(reviewed.body()));
        assertThat(work.sent).hasSize(1);
        assertThat(work.sent.get(0).uri()).startsWith("work://listing.publish");
        assertThat(post(
                                address + "/review",
                                "{\"decision\":\"reject\"}",
                                UUID.randomUUID().toString())
                        .statusCode())
                .isEqualTo(409);
        HttpResponse<String> listings = get("/api/v1/listings?state=publishing");
        valid("/api/v1/listings", Request.Method.GET, listings);
        assertThat(listings.body()).contains(String.valueOf(item.get("image_id")));
        HttpResponse<String> story = get("/api/v1/trace/" + item.get("image_id"));
        valid("/api/v1/trace/i", Request.Method.GET, story);
        assertThat(story.body()).contains("listing.publishing");
    }

    @Test
    void shouldServeThePictureAsBytesThatNeverChange() throws Exception {
        Map<String, Object> item = picture();

        HttpResponse<String> content = get("/api/v1/images/" + item.get("image_id") + "/content");

        assertThat(content.statusCode()).isEqualTo(200);
        assertThat(content.headers().firstValue("Content-Type").orElse("")).startsWith("image/png");
        assertThat(content.headers().firstValue("ETag")).hasValue("\"" + "a".repeat(64) + "\"");
        assertThat(content.body()).isEqualTo(ApiApp.ACCOUNT + "/images/" + "a".repeat(64));
    }

    @Test
    void shouldAnswerWhatIsNotThereWithAProblem() throws Exception {
        for (String address : List.of(
                "/api/v1/trends/nothing",
                "/api/v1/ideas/nothing",
                "/api/v1/listings/nothing",
                "/api/v1/trace/nothing")) {
            HttpResponse<String> missing = get(address);
            assertThat(missing.statusCode()).as(address).isEqualTo(404);
            assertThat(missing.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
            assertThat(JSON.readTree(missing.body()).get("code").asText()).isEqualTo("not-found");
        }
    }

    @Test
    void shouldTellHowTheSourcesDidAtBothAddresses() throws Exception {
        HttpResponse<String> sources = get("/api/v1/trends/sources");

        assertThat(sources.statusCode()).as(sources.body()).isEqualTo(200);
        valid("/api/v1/trends/sources", Request.Method.GET, sources);
        assertThat(get("/api/trends/live/status").body()).isEqualTo(sources.body());
    }

    @Test
    void shouldLetNoHeaderOfTheRequestOutAgain() throws Exception {
        HttpRequest request = request("GET", "/api/v1/trends/sources", null, null, "viewer")
                .header("CamelHttpResponseCode", "299")
                .header("kafka.OVERRIDE_TOPIC", "secret")
                .header("X-Stranger", "hello")
                .build();

        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map()).doesNotContainKeys("X-Stranger", "x-stranger", "kafka.OVERRIDE_TOPIC");
    }

    private Trend trend() {
        String keyword = "axolotl " + UUID.randomUUID();
        Trend trend = new Trend(
                KeywordFolder.trendId(ApiApp.ACCOUNT, keyword),
                ApiApp.ACCOUNT,
                keyword,
                74,
                List.of(new Reason("volume", 74, "popular")),
                List.of("tiktok"),
                false,
                List.of(),
                Instant.now());
        String cycle = String.valueOf(cycles.begin(ApiApp.ACCOUNT, null, null, Map.of("source", "tiktok"))
                .get("cycle_id"));
        Signal signal = new Signal("tiktok", "v1", keyword, Volume.PLAYS, 5, 1, "US", List.of(), Instant.now());
        SignalBatch batch = new SignalBatch("tiktok", 1, List.of(signal), Map.of());
        runs.recordRun(ApiApp.ACCOUNT, cycle, "tiktok", null, null, batch, null, System.currentTimeMillis());
        trends.save(ApiApp.ACCOUNT, cycle, List.of(trend));
        return trend;
    }

    private Map<String, Object> picture() {
        Map<String, Object> item = ideas.request(ApiApp.ACCOUNT, Map.of("trend_id", trend().id()));
        Idea idea = new Idea("Axolotl birthday", "motif", "flat", "parents", "story", List.of("axolotl"));
        ideas.draft(ApiApp.ACCOUNT, item, idea, "idea.v1", "gpt", 240L, System.currentTimeMillis());
        Map<String, Object> image = images.request(ApiApp.ACCOUNT, item);
        Map<String, Object> facts = Map.of(
                "sha256", "a".repeat(64), "media_type", "image/png", "width", 1, "height", 1, "size", 7, "phash", 1L);
        images.store(ApiApp.ACCOUNT, image, facts, "gpt-image-1", null, 1L, System.currentTimeMillis());
        return image;
    }

    private void valid(String path, Request.Method method, HttpResponse<String> answer) {
        SimpleResponse.Builder response = new SimpleResponse.Builder(answer.statusCode())
                .withContentType("application/json")
                .withBody(answer.body());
        assertThat(contract.validateResponse(path, method, response.build()).getMessages())
                .as(answer.body())
                .isEmpty();
    }

    private static List<String> faults(HttpResponse<String> answer) throws IOException {
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(problem.get("code").asText()).as(answer.body()).isEqualTo("invalid-request");
        return problem.get("details").get("errors").findValuesAsText("at");
    }

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return send("GET", address, null, null, "viewer");
    }

    private HttpResponse<String> post(String address, String body, @Nullable String key)
            throws IOException, InterruptedException {
        return send("POST", address, body, key, "operator");
    }

    private HttpResponse<String> send(
            String method, String address, @Nullable String body, @Nullable String key, String role)
            throws IOException, InterruptedException {
        return http.send(request(method, address, body, key, role).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(
            String method, String address, @Nullable String body, @Nullable String key, String role) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + address))
                .header("X-Test-Role", role)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return request;
    }
}

package io.caravan.hub.connectors.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.supplier.ShippingOption;
import io.caravan.hub.model.supplier.SupplierHit;
import io.caravan.hub.model.supplier.SupplierPage;
import io.caravan.hub.model.supplier.SupplierProduct;
import io.caravan.hub.model.supplier.SupplierVariant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every supplier connector keeps, whoever the supplier is: a route calls any of them by the same names with the same
 * bodies. A supplier's test extends it and tells what its sandbox holds; nothing in here knows a vendor. What a supplier
 * says it cannot do ({@code suppliers/<supplier>.yaml}) is not asked of it, and it may not have the Kamelet either.
 */
public abstract class SupplierContract {

    private static final int MOST_PAGES = 200;
    private static final List<String> CAPABILITIES =
            List.of("product", "search", "freight", "stock", "variant_images", "orders", "webhooks");

    @TempDir
    Path folder;

    private final List<ConnectorKit> kits = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private ConnectorKit kit;

    @SuppressWarnings("NullAway.Init") // set before each test
    private SupplierFile file;

    // --- what a supplier's test tells
    // ---------------------------------------------------------------------------------

    /** Name of the connector's folder. */
    protected abstract String supplier();

    protected abstract VendorSandbox sandbox();

    /** Good credentials; also their names are compared with those of the supplier's file. */
    protected abstract Map<String, String> secrets();

    /** Credentials that the sandbox refuses; null for a supplier that needs none. */
    protected abstract @Nullable Map<String, String> refusedSecrets();

    /** Products of the sandbox: id to number of variants that must come out; the first has options. */
    protected abstract Map<String, Integer> products();

    /** A well-formed id that the supplier never had. */
    protected abstract String unknownId();

    /** A product that the supplier took away; null when it cannot be told from an unknown one. */
    protected abstract @Nullable String removedId();

    /** A search with several pages of {@link #pageSize()}, and how many products it finds in all. */
    protected abstract Map.Entry<String, Integer> search();

    /** How the supplier says "slow down", as an answer. */
    protected abstract Fault throttled();

    /** The wait told by {@link #throttled()}, null when it tells none. */
    protected abstract @Nullable Duration waitTold();

    /** Addresses of products, each with the id in it. */
    protected abstract Map<String, String> productUrls();

    /** Addresses that look like it and are not this supplier's products; strangers' hosts are added by the suite. */
    protected abstract List<String> otherUrls();

    protected Map<String, String> settings() {
        return Map.of();
    }

    protected String shipTo() {
        return "US";
    }

    /** A country that the sandbox does not ship to. */
    protected String notShippedTo() {
        return "AQ";
    }

    protected String currency() {
        return "USD";
    }

    protected int pageSize() {
        return 3;
    }

    /** False for a supplier that asks nobody: nothing can be throttled, cut or slow then. */
    protected boolean overHttp() {
        return true;
    }

    /** Anything to set in the sandbox or to bind before a test: limits up, lags down. */
    protected void prepare(ConnectorKit kit) {}

    // --- the suite
    // ----------------------------------------------------------------------------------------------------

    @BeforeEach
    void startSupplier() throws Exception {
        file = SupplierFile.of(supplier());
        kit = kit(secrets());
    }

    @AfterEach
    void stopSupplier() {
        kits.forEach(ConnectorKit::close);
    }

    @Test
    void shouldDescribeItselfHonestly() {
        assertThat(file.supplier()).isEqualTo(supplier());
        assertThat(file.name()).isNotBlank();
        assertThat(file.note()).isNotBlank().doesNotContain("\n");
        assertThat(file.capabilities()).containsOnlyKeys(CAPABILITIES);
        assertThat(file.credentials())
                .containsExactlyInAnyOrderElementsOf(secrets().keySet());
        assertThat(file.fallback()).isNotEqualTo(supplier());
        for (String operation : List.of("product", "search", "freight")) {
            assertThat(file.has(operation))
                    .as("has a Kamelet for %s if and only if it says that it can", operation)
                    .isEqualTo(file.can(operation));
        }
        assertThat(file.has("order-create"))
                .as("has a Kamelet for orders if and only if it says so")
                .isEqualTo(file.can("orders"));
    }

    @Test
    void shouldFindTheIdInItsOwnAddressesOnly() {
        assertThat(productUrls()).isNotEmpty();
        productUrls().forEach((url, id) -> {
            assertThat(file.idsIn(url, true)).as("matches %s", url).contains(id);
            assertThat(file.idsIn(url, false)).as("found in %s", url).containsOnly(id);
            assertThat(id).as("is a product id").matches(file.productIds());
        });
        List<String> others = new ArrayList<>(otherUrls());
        productUrls().keySet().forEach(url -> {
            URI real = URI.create(url);
            others.add("https://evil.example/?u=" + url);
            others.add("https://evil.example/" + url);
            others.add(url.replace(real.getHost(), real.getHost() + ".evil.example"));
            others.add(url.replace(real.getHost(), real.getHost() + "@evil.example"));
            others.add(url.replace(real.getHost(), "evil-" + real.getHost()));
            others.add(url.replace(real.getScheme() + ":", "javascript:"));
            others.add(url.replace(real.getScheme() + "://", "file://"));
            others.add(" " + url);
            others.add("\n" + url);
        });
        assertThat(others).allSatisfy(url -> {
            assertThat(file.idsIn(url, true)).as("matches %s", url).isEmpty();
            assertThat(file.idsIn(url, false)).as("found in %s", url).isEmpty();
        });
        products().keySet().forEach(id -> assertThat(id).matches(file.productIds()));
    }

    @Test
    void shouldGiveEveryVariantOfEveryProduct() {
        products().forEach((id, variants) -> {
            SupplierProduct product = product(id);
            assertThat(product.supplier()).isEqualTo(supplier());
            assertThat(product.externalId()).isEqualTo(id);
            assertThat(product.available()).isTrue();
            assertThat(file.idsIn(product.url().toString(), true)).contains(id);
            assertThat(product.variants()).as("variants of %s", id).hasSize(variants);
            assertThat(product.variants()).allSatisfy(variant -> {
                assertThat(variant.cost().minor()).isPositive();
                assertThat(variant.cost().currency().getCurrencyCode()).isEqualTo(currency());
            });
            assertThat(product.images()).isNotEmpty().allMatch(image -> image.matches("https?://[^\\s;]+"));
            assertThat(product.axes())
                    .allSatisfy(axis -> axis.values()
                            .forEach(value -> assertThat(product.variants())
                                    .as("value %s of axis %s is chosen by a variant", value.label(), axis.name())
                                    .anyMatch(variant ->
                                            Objects.equals(variant.options().get(axis.id()), value.id()))));
            assertThat(product.losses())
                    .allSatisfy(loss -> assertThat(loss.why()).isNotBlank());
        });
        assertThat(product(firstId()).axes())
                .as("the first product has options")
                .isNotEmpty();
    }

    @Test
    void shouldTellStockAndVariantPicturesOnlyIfItSaysSo() {
        List<SupplierVariant> all = products().keySet().stream()
                .flatMap(id -> product(id).variants().stream())
                .toList();
        assertThat(all.stream().anyMatch(variant -> variant.stock() != null))
                .as("tells stock")
                .isEqualTo(file.can("stock"));
        assertThat(all.stream().anyMatch(variant -> variant.image() != null))
                .as("has pictures of variants")
                .isEqualTo(file.can("variant_images"));
    }

    @Test
    void shouldNamePicturesThatCanBeFetched() throws Exception {
        SupplierProduct product = product(firstId());
        Set<String> some = new HashSet<>(List.of(product.images().get(0)));
        product.variants().stream()
                .map(SupplierVariant::image)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(some::add);
        for (String image : some) {
            assertThat(image)
                    .as("lies in the sandbox, tests do not leave loopback")
                    .startsWith(sandboxUrl());
            byte[] bytes = bytes(URI.create(image));
            assertThat(bytes).hasSizeGreaterThan(500);
            assertThat(bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xd8 || bytes[1] == 'P' || bytes[0] == 'R')
                    .as("is a JPEG, PNG or WebP")
                    .isTrue();
        }
    }

    @Test
    void shouldGiveTheSameProductTwice() {
        SupplierProduct first = product(firstId());
        SupplierProduct second = product(firstId());
        assertThat(second.variants()).isEqualTo(first.variants());
        assertThat(second.axes()).isEqualTo(first.axes());
        assertThat(second.images()).isEqualTo(first.images());
    }

    @Test
    void shouldRefuseAnUnknownProduct() {
        assertThat(failure("product", body(unknownId())).kind()).isIn(ErrorKind.GONE, ErrorKind.REJECTED);
        String removed = removedId();
        if (removed != null) {
            assertThat(failure("product", body(removed)).kind()).isEqualTo(ErrorKind.GONE);
        }
    }

    @Test
    void shouldSendNothingForAnIdThatIsNone() {
        for (String id : List.of("", " ", "../../admin", firstId() + "/..", firstId() + "?x=y", "1 OR 1=1", "{}")) {
            Exchange done = kit.exchange(file.kamelet("product"), body(id), Map.of());
            assertThat(done.getException()).as("refuses id '%s'", id).isNotNull();
            if (done.getException() instanceof VendorException known) {
                assertThat(known.kind()).isIn(ErrorKind.REJECTED, ErrorKind.GONE);
            } else {
                assertThat(done.getException()).isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(kit.sandbox().requests(sandboxName())).isEmpty();
    }

    @Test
    void shouldPageASearchToItsEnd() {
        assumeTrue(file.can("search"), "the supplier has no search");
        Set<String> ids = new HashSet<>();
        String page = "";
        int pages = 0;
        while (page != null) {
            SupplierPage got = search(search().getKey(), page);
            assertThat(got.hits()).hasSizeLessThanOrEqualTo(pageSize());
            assertThat(got.losses()).isEmpty();
            Long total = got.total();
            if (total != null) {
                assertThat(total).isEqualTo(search().getValue().longValue());
            }
            for (SupplierHit hit : got.hits()) {
                assertThat(hit.supplier()).isEqualTo(supplier());
                assertThat(ids.add(hit.externalId()))
                        .as("each product once: %s", hit.externalId())
                        .isTrue();
                assertThat(hit.externalId()).matches(file.productIds());
                assertThat(hit.from().currency().getCurrencyCode()).isEqualTo(currency());
                assertThat(hit.to().minor()).isGreaterThanOrEqualTo(hit.from().minor());
                assertThat(hit.url().getScheme()).startsWith("http");
            }
            page = got.next();
            assertThat(++pages).as("pages end").isLessThan(MOST_PAGES);
        }
        assertThat(ids).hasSize(search().getValue());
        assertThat(pages).as("the search has several pages").isGreaterThan(1);
    }

    @Test
    void shouldGiveAnEmptyPageForASearchWithoutResult() {
        assumeTrue(file.can("search"), "the supplier has no search");
        SupplierPage page = search("zzqx nothing is called so", "");
        assertThat(page.hits()).isEmpty();
        assertThat(page.next()).isNull();
    }

    @Test
    void shouldPriceTheFreightOfAVariant() {
        assumeTrue(file.can("freight"), "the supplier tells no freight");
        SupplierProduct product = product(firstId());
        List<ShippingOption> options = freight(product.variants().get(0).externalId(), shipTo());
        assertThat(options).isNotEmpty().allSatisfy(option -> {
            assertThat(option.cost().minor()).isNotNegative();
            assertThat(option.cost().currency().getCurrencyCode()).isEqualTo(currency());
            assertThat(option.shipsFrom()).matches("([A-Z]{2})?");
            Integer min = option.minDays();
            Integer max = option.maxDays();
            if (min != null && max != null) {
                assertThat(max).isGreaterThanOrEqualTo(min);
            }
        });
        assertThat(freight(product.variants().get(0).externalId(), notShippedTo()))
                .as("an empty list says that it does not ship there")
                .isEmpty();
    }

    @Test
    void shouldSaySlowDownWithTheWait() {
        assumeTrue(overHttp(), "the supplier asks nobody");
        kit.sandbox().arm(throttled());
        VendorException refusal = failure("product", body(firstId()));
        assertThat(refusal.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(refusal.retryAfter().orElse(null)).isEqualTo(waitTold());
        assertThat(kit.sandbox().requests(sandboxName()))
                .as("asked once, the route retries")
                .hasSize(1);
    }

    @Test
    void shouldSayWhenTheCredentialIsRefused() throws Exception {
        Map<String, String> refused = refusedSecrets();
        assumeTrue(refused != null, "the supplier needs no credential");
        kit = kit(Objects.requireNonNull(refused));
        List<String> operations = file.has("ping") ? List.of("product", "ping") : List.of("product");
        for (String operation : operations) {
            VendorException refusal = failure(operation, body(firstId()));
            assertThat(refusal.kind()).isEqualTo(ErrorKind.UNAUTHORISED);
            assertThat(refusal.toString() + refusal.body() + refusal.getCause()).doesNotContain(secretValues(refused));
        }
    }

    @Test
    void shouldProveAGoodCredential() {
        assumeTrue(file.has("ping"), "the supplier has nothing cheap to prove it with");
        assertThat(kit.exchange(file.kamelet("ping"), null, Map.of()).getException())
                .isNull();
    }

    @Test
    void shouldNameAMissingCredential() throws Exception {
        assumeTrue(!secrets().isEmpty(), "the supplier needs no credential");
        kit = kit(Map.of());
        VendorException refusal = failure("product", body(firstId()));
        assertThat(refusal.kind()).isEqualTo(ErrorKind.UNAUTHORISED);
        assertThat(refusal.code()).isEqualTo("not-configured");
        assertThat(kit.sandbox().requests(sandboxName())).isEmpty();
    }

    @Test
    void shouldKeepCredentialsOutOfFailuresAndHeaders() {
        assumeTrue(!secrets().isEmpty(), "the supplier needs no credential");
        String echo = String.join(" ", secrets().values());
        kit.sandbox()
                .arm(fault(Fault.Kind.ANSWER, 400, "{\"error\":\"bad " + echo + "\",\"message\":\"" + echo + "\"}"));
        VendorException refusal = failure("product", body(firstId()));
        assertThat(refusal.toString() + refusal.body()).doesNotContain(secretValues(secrets()));
        kit.sandbox().clearFaults();
        Exchange good = kit.exchange(file.kamelet("product"), body(firstId()), Map.of());
        assertThat(good.getMessage().getHeaders().toString()).doesNotContain(secretValues(secrets()));
        assertThat(good.getMessage().getBody(SupplierProduct.class).toString()).doesNotContain(secretValues(secrets()));
    }

    @Test
    void shouldTakeACutReplyForTransient() {
        assumeTrue(overHttp(), "the supplier asks nobody");
        kit.sandbox().arm(fault(Fault.Kind.CUT, null, null));
        assertThat(failure("product", body(firstId())).kind()).isEqualTo(ErrorKind.TRANSIENT);
    }

    @Test
    void shouldNotWaitForeverForASlowReply() {
        assumeTrue(overHttp(), "the supplier asks nobody");
        kit.sandbox().arm(new Fault("*", null, null, 0, 1, Fault.Kind.HANG, null, null, null, 60_000));
        VendorException refusal = failure("product?responseTimeout=300", body(firstId()));
        assertThat(refusal.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(refusal.code()).isEqualTo("time-out");
    }

    @Test
    void shouldAskOnceOnA503() {
        assumeTrue(overHttp(), "the supplier asks nobody");
        kit.sandbox().arm(fault(Fault.Kind.ANSWER, 503, "upstream gone"));
        assertThat(failure("product", body(firstId())).kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(kit.sandbox().requests(sandboxName())).hasSize(1);
    }

    @Test
    void shouldNotTakeAPageOrAnEmptyReplyForAProduct() {
        assumeTrue(overHttp(), "the supplier asks nobody");
        for (String other : List.of("<html><body>We will be back</body></html>", "{}", "[]", "null", "")) {
            kit.sandbox().clearFaults();
            kit.sandbox().arm(fault(Fault.Kind.ANSWER, 200, other));
            assertThat(failure("product", body(firstId())).kind())
                    .as("a 200 with '%s'", other)
                    .isIn(ErrorKind.TRANSIENT, ErrorKind.RATE_LIMITED);
        }
    }

    @Test
    void shouldSayNotSentWhenNobodyListens() {
        assumeTrue(overHttp(), "the supplier asks nobody");
        kit.baseUrl(URI.create("http://127.0.0.1:1"));
        assertThat(failure("product", body(firstId())).kind()).isEqualTo(ErrorKind.NOT_SENT);
    }

    @Test
    void shouldSendNoHeaderOfTheRouteToTheSupplier() {
        assumeTrue(overHttp(), "the supplier asks nobody");
        kit.camel()
                .createFluentProducerTemplate()
                .to(file.kamelet("product"))
                .withProcessor(exchange -> {
                    exchange.getMessage().setHeader("CamelHttpUri", "http://127.0.0.1:1/stolen");
                    exchange.getMessage().setHeader("Authorization", "Bearer of-another-vendor");
                    exchange.getMessage().setHeader("X-Api-Key", "of-another-vendor");
                    exchange.getMessage().setBody(body(firstId()));
                    exchange.setVariable("connection", kit.connection());
                    exchange.setVariable("account", kit.connection().account());
                })
                .send();
        assertThat(kit.sandbox().requests(sandboxName()))
                .isNotEmpty()
                .allSatisfy(seen -> assertThat(seen.headers().toString())
                        .doesNotContain("of-another-vendor")
                        .doesNotContain("stolen"));
    }

    // --- for the suite and those who extend it
    // ------------------------------------------------------------------------

    /** The kit of the test that runs. */
    protected final ConnectorKit kit() {
        return kit;
    }

    protected final SupplierProduct product(String id) {
        return (SupplierProduct) kit.call(file.kamelet("product"), body(id), Map.of());
    }

    protected final SupplierPage search(String q, String page) {
        Map<String, Object> body = common(shipTo());
        body.put("q", q);
        body.put("page", page);
        body.put("size", pageSize());
        return (SupplierPage) kit.call(file.kamelet("search"), body, Map.of());
    }

    /** Freight of one piece of a variant of the first product. */
    @SuppressWarnings("unchecked")
    protected final List<ShippingOption> freight(String variant, String country) {
        Map<String, Object> body = common(country);
        body.put("product_id", firstId());
        body.put("variant_id", variant);
        body.put("quantity", 1);
        return (List<ShippingOption>) kit.call(file.kamelet("freight"), body, Map.of());
    }

    /** The body of a product call, as the route sends it. */
    protected final Map<String, Object> body(String id) {
        Map<String, Object> body = common(shipTo());
        body.put("product_id", id);
        return body;
    }

    /**
     * Calls an operation that must fail by a classified failure.
     *
     * @param operation {@code product}, with Kamelet parameters where wanted: {@code product?responseTimeout=300}
     */
    protected final VendorException failure(String operation, Object body) {
        String[] parts = operation.split("\\?", 2);
        String uri = file.kamelet(parts[0]) + (parts.length < 2 ? "" : "?" + parts[1]);
        Exchange done = kit.exchange(uri, body, Map.of());
        assertThat(done.getException())
                .as("%s must fail with a classified failure", operation)
                .isInstanceOf(VendorException.class);
        return (VendorException) Objects.requireNonNull(done.getException());
    }

    protected static Fault fault(Fault.Kind kind, @Nullable Integer status, @Nullable String body) {
        return new Fault("*", null, null, 0, null, kind, status, null, body, 0);
    }

    private ConnectorKit kit(Map<String, String> secrets) throws Exception {
        Path own = Files.createTempDirectory(folder, "sandbox");
        ConnectorKit made = new ConnectorKit(own, sandbox(), secrets, settings());
        kits.add(made);
        prepare(made);
        return made;
    }

    private String firstId() {
        return products().keySet().iterator().next();
    }

    private String sandboxName() {
        return kit.connection().vendor();
    }

    private String sandboxUrl() {
        return kit.sandbox().url() + "/";
    }

    private Map<String, Object> common(String country) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ship_to", country);
        body.put("currency", currency());
        body.put("language", "en");
        return body;
    }

    private static String[] secretValues(Map<String, String> secrets) {
        return secrets.values().toArray(String[]::new);
    }

    private static byte[] bytes(URI url) throws IOException, InterruptedException {
        HttpResponse<byte[]> reply = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(reply.statusCode()).as("picture %s", url).isEqualTo(200);
        return reply.body();
    }
}

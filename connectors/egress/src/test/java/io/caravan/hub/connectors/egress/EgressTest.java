package io.caravan.hub.connectors.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import io.caravan.hub.connectors.sandbox.Router;
import io.caravan.hub.connectors.sandbox.SandboxServer;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.Mode;
import io.caravan.hub.model.delivery.SocketGuard;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EgressTest {

    @TempDir
    Path folder;

    private CamelContext context;
    private SandboxServer server;

    /** Answers whatever a test asks of it. */
    private static final class Echo implements VendorSandbox {
        @Override
        public String vendor() {
            return "echo";
        }

        @Override
        public void mount(Router router, SandboxState state) {
            router.on(
                    "POST",
                    "/plain",
                    call -> Answer.json(200, Map.of("ok", true))
                            .header("X-RateLimit-Remaining", "3")
                            .header("X-Internal", "not ours"));
            router.on("POST", "/big", call -> Answer.bytes(200, "image/png", new byte[200_000]));
            router.on("POST", "/elsewhere", call -> Answer.empty(302).header("Location", "/echo/plain"));
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = SandboxServer.start(folder, 0, List.of(new Echo()));
        context = new DefaultCamelContext();
        Egress.apply(
                context,
                new EgressSettings(Duration.ofSeconds(20), Duration.ofSeconds(3), Duration.ofSeconds(10), 100_000, 4));
        context.start();
    }

    @AfterEach
    void stop() {
        SocketGuard.clear();
        context.stop();
        server.close();
    }

    @Test
    void shouldPassItsOwnCheck() {
        assertThat(Egress.faults(context.getComponent("http", HttpComponent.class)))
                .isEmpty();
        assertThat(Egress.faults(context.getComponent("https", HttpComponent.class)))
                .isEmpty();
    }

    @Test
    void shouldNameAnOptionThatSomebodySwitchedOn() {
        HttpComponent http = context.getComponent("http", HttpComponent.class);
        http.setFollowRedirects(true);
        assertThat(Egress.faults(http)).singleElement().asString().contains("followRedirects");
    }

    @Test
    void shouldNameWhatIsUnsafeAboutAPlainComponent() {
        assertThat(Egress.faults(new HttpComponent())).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void shouldLetOnlyListedHeadersOutAndIn() {
        Exchange done = post("/plain");
        ReceivedRequest seen = received().get(0);
        assertThat(seen.headers()).containsEntry("Authorization", "Bearer ours");
        assertThat(seen.headers()).doesNotContainKeys("kafka.KEY", "HubAccount", "To");
        assertThat(seen.path()).isEqualTo("/plain");
        assertThat(done.getMessage().getHeaders())
                .containsEntry("X-RateLimit-Remaining", "3")
                .doesNotContainKeys("X-Internal", "Authorization");
    }

    @Test
    void shouldAskOnlyOnceWhateverTheAnswer() {
        for (int status : new int[] {429, 503, 500}) {
            server.arm(new Fault(
                    "echo", null, null, 0, 1, Fault.Kind.ANSWER, status, Map.of("Retry-After", "1"), null, 0));
            assertThat(post("/plain").getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE))
                    .isEqualTo(status);
        }
        assertThat(received()).hasSize(3);
    }

    @Test
    void shouldNotFollowARedirect() {
        assertThat(post("/elsewhere").getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE))
                .isEqualTo(302);
        assertThat(received()).hasSize(1);
    }

    @Test
    void shouldCallATimeOutUnknown() {
        server.arm(new Fault("echo", null, null, 0, 1, Fault.Kind.EFFECT_HANG, null, null, null, 60_000));
        assertThat(failure("/plain")).satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
            assertThat(failure.code()).isEqualTo("time-out");
        });
    }

    @Test
    void shouldCallAResetUnknown() {
        server.arm(new Fault("echo", null, null, 0, 1, Fault.Kind.EFFECT_RESET, null, null, null, 0));
        assertThat(failure("/plain").kind()).isEqualTo(ErrorKind.TRANSIENT);
    }

    @Test
    void shouldStopAnAnswerThatIsTooLarge() {
        assertThat(failure("/big").code()).isEqualTo("too-large");
    }

    @Test
    void shouldSendNothingOnceTheLeaseIsOver() {
        long over = System.nanoTime() - 1;
        SocketGuard.bind(() -> over);
        assertThat(failure("/plain")).satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(ErrorKind.NOT_SENT);
            assertThat(failure.code()).isEqualTo("lease-expired");
        });
        assertThat(received()).isEmpty();
    }

    @Test
    void shouldNameTheVendorOfAConnectionAndTheHostThatWasCalled() throws Exception {
        server.arm(new Fault("echo", null, null, 0, 1, Fault.Kind.RESET, null, null, null, 0));
        assertThat(failureAsVendor(server.url())).satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
            assertThat(failure.vendor()).isEqualTo("etsy");
            assertThat(failure.code()).isEqualTo("reset");
            assertThat(failure).hasMessage("etsy: the connection broke before a whole answer came (127.0.0.1)");
        });
        assertThat(failureAsVendor(URI.create("http://127.0.0.1:1"))).satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(ErrorKind.NOT_SENT);
            assertThat(failure.vendor()).isEqualTo("etsy");
        });
        long over = System.nanoTime() - 1;
        SocketGuard.bind(() -> over);
        assertThat(failureAsVendor(server.url())).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("lease-expired");
            assertThat(failure.getMessage()).startsWith("etsy: not sent:").endsWith("(127.0.0.1)");
        });
    }

    /** As a Kamelet calls: a step of a route, with the connection in a variable. */
    private VendorException failureAsVendor(URI base) throws Exception {
        Connection connection =
                new Connection("c", new AccountId("acme"), "etsy", Mode.SANDBOX, base, Map.of(), Map.of());
        if (context.getRoute("call") == null) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:call")
                            .routeId("call")
                            .toD("${variable.connection.baseUrl}/echo/plain?httpMethod=POST");
                }
            });
        }
        Exchange done = context.createFluentProducerTemplate()
                .to("direct:call")
                .withProcessor(exchange -> exchange.setVariable(Names.CONNECTION, connection))
                .send();
        assertThat(done.getException()).isInstanceOf(VendorException.class);
        return (VendorException) done.getException();
    }

    @Test
    void shouldReadWaitsInAllTheirForms() {
        assertThat(RetryAfter.of(reply("retry-after", "7"))).contains(Duration.ofSeconds(7));
        assertThat(RetryAfter.of(reply("Retry-After-Ms", "250"))).contains(Duration.ofMillis(250));
        assertThat(RetryAfter.of(reply("Retry-After", "999999"))).contains(Duration.ofHours(1));
        assertThat(RetryAfter.of(reply("Retry-After", "soon"))).isEmpty();
        assertThat(RetryAfter.date("Wed, 21 Oct 2026 07:28:00 GMT", java.time.Instant.parse("2026-10-21T07:27:30Z")))
                .contains(Duration.ofSeconds(30));
    }

    @Test
    void shouldReadADateByTheClockOfTheServerThatWroteIt() {
        Map<String, String> ahead =
                Map.of("date", "Wed, 21 Oct 2099 07:28:00 GMT", "retry-after", "Wed, 21 Oct 2099 07:28:30 GMT");
        assertThat(RetryAfter.of(new Reply(429, ahead, new byte[0]))).contains(Duration.ofSeconds(30));
        Map<String, String> behind =
                Map.of("date", "Thu, 21 Oct 1999 07:28:00 GMT", "retry-after", "Thu, 21 Oct 1999 07:28:30 GMT");
        assertThat(RetryAfter.of(new Reply(429, behind, new byte[0]))).contains(Duration.ofSeconds(30));
    }

    private static Reply reply(String header, String value) {
        Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put(header, value);
        return new Reply(429, headers, new byte[0]);
    }

    private List<ReceivedRequest> received() {
        return server.requests("echo");
    }

    private VendorException failure(String path) {
        Exception failure = post(path).getException();
        assertThat(failure).isInstanceOf(VendorException.class);
        return (VendorException) failure;
    }

    private Exchange post(String path) {
        return context.createFluentProducerTemplate()
                .to(server.url() + "/echo" + path + "?httpMethod=POST&throwExceptionOnFailure=false")
                .withProcessor(exchange -> {
                    exchange.getMessage().setBody("{}");
                    exchange.getMessage().setHeader("Authorization", "Bearer ours");
                    exchange.getMessage().setHeader("kafka.KEY", "x");
                    exchange.getMessage().setHeader("HubAccount", "x");
                    exchange.getMessage().setHeader("To", "x");
                    exchange.getMessage().setHeader("CamelHttpUri", "http://127.0.0.1:1/");
                    exchange.getMessage().setHeader("CamelHttpPath", "/other");
                })
                .send();
    }

    @Test
    void shouldLetACookieOfPreferencesOutAndNoOther() {
        EgressHeaders headers = new EgressHeaders();
        Exchange exchange = new org.apache.camel.support.DefaultExchange(context);
        assertThat(headers.applyFilterToCamelHeaders("Cookie", "aep_usuc_f=site=glo&c_tp=USD", exchange))
                .as("filtered")
                .isFalse();
        for (String other : List.of("sid=abc", "aep_usuc_f=site=glo; sid=abc", "aep_usuc_f=a\r\nX: y", "")) {
            assertThat(headers.applyFilterToCamelHeaders("cookie", other, exchange))
                    .as(other)
                    .isTrue();
        }
    }
}

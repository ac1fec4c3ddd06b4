package io.caravan.hub.config.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.caravan.hub.config.Hub;
import io.caravan.hub.config.HubTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcTest {

    private static final String ISSUER = "https://id.example.com/";

    private RSAKey key;
    private HttpServer provider;
    private ConfigurableApplicationContext hub;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        key = new RSAKeyGenerator(2048).keyID("one").generate();
        byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/keys", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        provider.start();
        hub = new SpringApplication(Hub.class, HubTest.beans())
                .run(
                        "--hub.oidc.issuer-uri=" + ISSUER,
                        "--hub.oidc.jwk-set-uri=http://127.0.0.1:"
                                + provider.getAddress().getPort() + "/keys",
                        "--hub.oidc.audience=caravan",
                        "--hub.oidc.role-claim=realm_access.roles",
                        "--hub.oidc.roles.shop-staff=operator",
                        "--hub.data.dir=" + data,
                        "--hub.routes.dir=src/test/routes",
                        "--hub.config.dir=files",
                        "--server.port=0",
                        "--management.server.port=0",
                        "--spring.jmx.unique-names=true",
                        "--spring.quartz.scheduler-name=oidc");
    }

    @AfterAll
    void stop() {
        hub.close();
        provider.stop(0);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(List.of("other", "caravan"))
                .subject("anna")
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("caravan_account", "default")
                .claim("realm_access", Map.of("roles", List.of("viewer", "offline_access")));
    }

    private String token(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(),
                change.apply(claims()).build());
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    private HttpResponse<String> ask(String method, String token) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + hub.getEnvironment().getRequiredProperty("local.server.port")
                + "/api/v1/test/echo/1");
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token);
        if (method.equals("POST")) {
            request.header("Content-Type", "application/json");
        }
        return HttpClient.newHttpClient()
                .send(
                        request.method(method, HttpRequest.BodyPublishers.ofString(method.equals("POST") ? "{}" : ""))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private void assertRefused(String why, String token) throws Exception {
        HttpResponse<String> response = ask("GET", token);
        assertThat(response.statusCode()).as(why).isEqualTo(401);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = new ObjectMapper().readTree(response.body());
        assertThat(problem.path("code").asText()).isEqualTo("unauthorized");
        assertThat(response.body()).doesNotContain(token);
    }

    @Test
    void shouldTakeAccountAndRoleFromTheTokensClaims() throws Exception {
        String viewer = token(same -> same);
        HttpResponse<String> read = ask("GET", viewer);
        assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
        assertThat(new ObjectMapper().readTree(read.body()).path("account").asText())
                .isEqualTo("default");
        assertThat(ask("POST", viewer).statusCode()).isEqualTo(403);
        String staff = token(one -> one.claim("realm_access", Map.of("roles", List.of("viewer", "shop-staff"))));
        assertThat(ask("POST", staff).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseEveryTokenThatIsNotMeantForThisHub() throws Exception {
        assertRefused("issuer", token(one -> one.issuer("https://elsewhere.example.com/")));
        assertRefused("audience", token(one -> one.audience("other")));
        assertRefused("no audience", token(one -> one.audience((String) null)));
        assertRefused(
                "expired",
                token(one -> one.expirationTime(Date.from(Instant.now().minusSeconds(120)))));
        assertRefused("never expires", token(one -> one.expirationTime(null)));
        assertRefused(
                "not yet",
                token(one -> one.notBeforeTime(Date.from(Instant.now().plusSeconds(300)))));
        assertRefused("no such account", token(one -> one.claim("caravan_account", "nobody")));
        assertRefused("no account", token(one -> one.claim("caravan_account", null)));
        assertRefused("no role", token(one -> one.claim("realm_access", Map.of("roles", List.of("king")))));
    }

    @Test
    void shouldRefuseATokenThatTheProviderDidNotSign() throws Exception {
        assertRefused("alg none", new PlainJWT(claims().build()).serialize());

        SignedJWT foreign = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), claims().build());
        foreign.sign(new RSASSASigner(new RSAKeyGenerator(2048).keyID("one").generate()));
        assertRefused("another key", foreign.serialize());

        SignedJWT confused = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), claims().build());
        confused.sign(new MACSigner(key.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8)));
        assertRefused("the public key as a shared secret", confused.serialize());
        assertRefused("no token at all", "a.b.c");
    }

    @Test
    void shouldNotBeSetUpHalf() {
        URI uri = URI.create(ISSUER);
        assertThatThrownBy(() -> new OidcProperties(null, uri, "a", "b", "c", Map.of()))
                .hasMessageContaining("issuer-uri");
        assertThatThrownBy(() -> new OidcProperties(uri, null, " ", "b", "c", Map.of()))
                .hasMessageContaining("audience");
        assertThatThrownBy(() -> new OidcProperties(uri, null, "a", "b", "c", Map.of("staff", "king")))
                .hasMessageContaining("viewer, operator, designer, admin");
    }
}

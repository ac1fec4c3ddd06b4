package io.caravan.hub.config.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.config.HubTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementTest extends HubTest {

    private static final String CONTEXT = "org.apache.camel:context=caravan,type=context,name=\\\"caravan\\\"";

    private static HttpRequest.Builder login(String user, String key, URI uri) {
        String pair = Base64.getEncoder().encodeToString((user + ":" + key).getBytes(StandardCharsets.UTF_8));
        return request(uri).header("Authorization", "Basic " + pair);
    }

    private JsonNode jolokia(String body) throws Exception {
        HttpResponse<String> response =
                send(json(login("admin", adminKey(), management("/actuator/jolokia")), "POST", body));
        return tree(response);
    }

    @Test
    void shouldKeepTheGeneratedKeysToTheirOwner() throws Exception {
        for (String file : new String[] {"admin.key", "master.key"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(DATA.resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(adminKey()).matches("hub_[A-Za-z0-9_-]{43}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/observe/health", "/observe/health/live", "/observe/health/ready"})
    void shouldAnswerProbesWithoutLogin(String path) throws Exception {
        HttpResponse<String> response = send(request(management(path)));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(tree(response).path("status").asText()).isEqualTo("UP");
        assertThat(response.body()).doesNotContain("jdbc", "components");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/observe/metrics", "/observe/info", "/actuator/hawtio/", "/actuator/jolokia/version", "/x"})
    void shouldWantALoginForTheRest(String path) throws Exception {
        HttpResponse<String> response = send(request(management(path)));
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    @Test
    void shouldLetKeysInByTheirIdAndNoOtherName() throws Exception {
        assertThat(send(login("admin", adminKey(), management("/observe/metrics")))
                        .body())
                .contains("jvm_memory_used_bytes");
        assertThat(send(login("somebody", adminKey(), management("/observe/metrics")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(login("admin", "hub_wrong", management("/observe/metrics")))
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"env", "heapdump", "configprops", "shutdown", "loggers", "beans", "threaddump"})
    void shouldNotOfferWhatTellsTooMuch(String endpoint) throws Exception {
        assertThat(send(login("admin", adminKey(), management("/observe/" + endpoint)))
                        .statusCode())
                .isEqualTo(404);
        assertThat(send(login("admin", adminKey(), management("/actuator/" + endpoint)))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldServeHawtioBehindTheLogin() throws Exception {
        HttpResponse<String> page = send(login("admin", adminKey(), management("/actuator/hawtio/")));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Hawtio");
        assertThat(page.headers().allValues("Set-Cookie")).anyMatch(cookie -> cookie.startsWith("XSRF-TOKEN="));
    }

    @Test
    void shouldLetJolokiaReadAndDumpRoutes() throws Exception {
        assertThat(jolokia("{\"type\":\"version\"}").path("status").asInt()).isEqualTo(200);
        assertThat(jolokia("{\"type\":\"read\",\"mbean\":\"" + CONTEXT + "\",\"attribute\":\"State\"}")
                        .path("value")
                        .asText())
                .isEqualTo("Started");
        assertThat(jolokia("{\"type\":\"exec\",\"mbean\":\"" + CONTEXT + "\",\"operation\":\"dumpRoutesAsXml()\"}")
                        .path("value")
                        .asText())
                .contains("test-echo");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exec|CONTEXT|stop()",
                "exec|CONTEXT|sendBody(java.lang.String,java.lang.Object)",
                "exec|java.lang:type=Memory|gc",
                "exec|com.sun.management:type=DiagnosticCommand|vmSystemProperties",
                "write|CONTEXT|Tracing",
                "read|java.lang:type=Runtime|SystemProperties",
            })
    void shouldLetJolokiaChangeNothing(String type, String bean, String member) throws Exception {
        String name = bean.equals("CONTEXT") ? CONTEXT : bean;
        String key = type.equals("exec") ? "operation" : "attribute";
        JsonNode answer = jolokia("{\"type\":\"" + type + "\",\"mbean\":\"" + name + "\",\"" + key + "\":\"" + member
                + "\",\"value\":true,\"arguments\":[]}");
        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(403);
    }

    @Test
    void shouldRefuseAnotherSitesPageWithoutTheToken() throws Exception {
        HttpResponse<String> response =
                send(json(login("admin", adminKey(), management("/actuator/jolokia")), "POST", "{\"type\":\"version\"}")
                        .header("Origin", "http://evil.example"));
        assertThat(response.statusCode()).isEqualTo(403);
    }
}

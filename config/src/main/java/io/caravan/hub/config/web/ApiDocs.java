package io.caravan.hub.config.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.caravan.hub.config.settings.HubProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The contract as it is, from the file that drives the routes, and Swagger UI to try it. */
@RestController
class ApiDocs {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path contract;

    ApiDocs(HubProperties hub) {
        this.contract = hub.routes().dir().resolve("api").resolve("hub-v1.openapi.yaml");
    }

    @GetMapping(
            path = {"/v3/api-docs", "/openapi.json"},
            produces = "application/json")
    String document() throws IOException {
        if (!Files.exists(contract)) {
            throw new NoSuchElementException("this hub has no contract in " + contract.getFileName());
        }
        return JSON.writeValueAsString(YAML.readTree(Files.readString(contract)));
    }

    @GetMapping(path = "/swagger-ui.html", produces = MediaType.TEXT_HTML_VALUE)
    String page() {
        try (InputStream page = new ClassPathResource("pages/swagger-ui.html").getInputStream()) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a page of our own jar cannot be read", e);
        }
    }

    @GetMapping("/")
    ResponseEntity<Void> root() {
        return ResponseEntity.status(HttpStatus.FOUND)
                .header(HttpHeaders.LOCATION, "/swagger-ui.html")
                .build();
    }
}

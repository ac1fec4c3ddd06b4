package io.caravan.hub.config.connections;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.caravan.hub.config.security.Caller;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The account's connections: what they are, and new credentials for one that the vendor refused. */
@RestController
@RequestMapping(path = "/api/v1/connections", produces = "application/json")
class ConnectionController {

    private final HubConnections connections;

    ConnectionController(HubConnections connections) {
        this.connections = connections;
    }

    /** @param secrets credentials to replace; absent when the old ones work again */
    record Reconnect(@Nullable @JsonProperty("secrets") Map<String, String> secrets) {
        @Override
        public String toString() {
            return "Reconnect[]";
        }
    }

    @GetMapping
    Map<String, @Nullable Object> list(@AuthenticationPrincipal Caller caller) {
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("items", connections.list(caller.account()));
        page.put("next", null);
        return page;
    }

    @PostMapping("/{vendor}/reconnect")
    ResponseEntity<Void> reconnect(
            @AuthenticationPrincipal Caller caller,
            @PathVariable("vendor") String vendor,
            @RequestBody(required = false) @Nullable Reconnect body) {
        Map<String, String> secrets = body == null || body.secrets() == null ? Map.of() : body.secrets();
        connections.reconnect(caller.account(), vendor, secrets);
        return ResponseEntity.noContent().build();
    }
}

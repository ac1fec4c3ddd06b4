package io.caravan.hub.config.security;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.caravan.hub.config.web.Refusal;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** API keys of the caller's account, for admins. A key is shown once, in the answer that made it. */
@RestController
@RequestMapping(path = "/api/v1/keys", produces = "application/json")
class KeyController {

    private final ApiKeys keys;

    KeyController(ApiKeys keys) {
        this.keys = keys;
    }

    /** Body of a request for a key. */
    record NewKey(
            @Nullable @JsonProperty("name") String name,
            @Nullable @JsonProperty("role") String role) {}

    @GetMapping
    Map<String, @Nullable Object> list(@AuthenticationPrincipal Caller caller) {
        List<Map<String, @Nullable Object>> items =
                keys.list(caller.account()).stream().map(KeyController::json).toList();
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("items", items);
        page.put("next", null);
        return page;
    }

    @PostMapping(consumes = "application/json")
    ResponseEntity<Map<String, @Nullable Object>> create(
            @AuthenticationPrincipal Caller caller, @RequestBody NewKey wanted) {
        if (wanted.name() == null || wanted.role() == null) {
            String missing = wanted.name() == null ? "name" : "role";
            throw Refusal.of(400, "missing-field", missing + " is required", Map.of("field", missing));
        }
        ApiKeys.Made made = keys.create(caller.account(), wanted.name(), Role.of(wanted.role()));
        Map<String, @Nullable Object> body = json(made.view());
        body.put("key", made.key());
        return ResponseEntity.created(URI.create("/api/v1/keys/" + made.view().id()))
                .header("Cache-Control", "no-store")
                .body(body);
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> revoke(@AuthenticationPrincipal Caller caller, @PathVariable("id") String id) {
        keys.revoke(caller.account(), id);
        return ResponseEntity.noContent().build();
    }

    private static Map<String, @Nullable Object> json(KeyView view) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", view.id());
        json.put("name", view.name());
        json.put("role", view.role());
        json.put("created_at", view.createdAt().toString());
        Instant revoked = view.revokedAt();
        json.put("revoked_at", revoked == null ? null : revoked.toString());
        return json;
    }
}

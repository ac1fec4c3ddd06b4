package io.caravan.hub.config.security;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.caravan.hub.config.accounts.Accounts;
import io.caravan.hub.config.web.Refusal;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Checks;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * API keys of the caller's account, for admins. A key is shown once, in the answer that made it. The operator's own key,
 * and no other, may name another account.
 */
@RestController
@RequestMapping(path = "/api/v1/keys", produces = "application/json")
class KeyController {

    private final ApiKeys keys;
    private final Accounts accounts;

    KeyController(ApiKeys keys, Accounts accounts) {
        this.keys = keys;
        this.accounts = accounts;
    }

    /** Body of a request for a key. */
    record NewKey(
            @Nullable @JsonProperty("name") String name,
            @Nullable @JsonProperty("role") String role,
            @Nullable @JsonProperty("account") String account) {}

    @GetMapping
    Map<String, Object> list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(name = "account", required = false) @Nullable String account,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        Map<String, Object> query = new LinkedHashMap<>();
        if (limit != null) {
            query.put("limit", limit);
        }
        if (cursor != null) {
            query.put("cursor", cursor);
        }
        return keys.page(of(caller, account), query);
    }

    @PostMapping(consumes = "application/json")
    ResponseEntity<Map<String, @Nullable Object>> create(
            @AuthenticationPrincipal Caller caller, @RequestBody NewKey wanted) {
        if (wanted.name() == null || wanted.role() == null) {
            String missing = wanted.name() == null ? "name" : "role";
            throw Refusal.of(400, "missing-field", missing + " is required", Map.of("field", missing));
        }
        ApiKeys.Made made = keys.create(active(of(caller, wanted.account())), wanted.name(), Role.of(wanted.role()));
        Map<String, @Nullable Object> body = made.view().json();
        body.put("key", made.key());
        return ResponseEntity.created(URI.create("/api/v1/keys/" + made.view().id()))
                .header("Cache-Control", "no-store")
                .body(body);
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> revoke(
            @AuthenticationPrincipal Caller caller,
            @PathVariable("id") String id,
            @RequestParam(name = "account", required = false) @Nullable String account) {
        keys.revoke(of(caller, account), id);
        return ResponseEntity.noContent().build();
    }

    /** For everyone but the operator another account is not there. */
    private AccountId of(Caller caller, @Nullable String named) {
        if (named == null || named.equals(caller.account().value())) {
            return caller.account();
        }
        if (!caller.keyId().equals(ApiKeys.ADMIN_ID)) {
            throw new NoSuchElementException("there is no account " + Checks.id("account", named));
        }
        AccountId account = new AccountId(named);
        accounts.requireKnown(account);
        return account;
    }

    private AccountId active(AccountId account) {
        try {
            accounts.requireActive(account);
            return account;
        } catch (IllegalStateException e) {
            throw Refusal.of(409, "account-suspended", String.valueOf(e.getMessage()), Map.of("field", "account"));
        }
    }
}

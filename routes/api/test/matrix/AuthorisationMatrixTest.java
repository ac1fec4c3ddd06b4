package io.caravan.hub.routes.api.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.routes.api.matrix.Endpoints.Door;
import io.caravan.hub.routes.api.matrix.Endpoints.Endpoint;
import io.caravan.hub.routes.api.matrix.MatrixHub.Answer;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every address of the running hub, with every verb, asked by everybody; what may be is in {@code authorisation.txt}. */
class AuthorisationMatrixTest {

    private static final List<String> VERBS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW");
    /** What is refused before anybody is asked who it is. */
    private static final Set<String> NO_VERBS = Set.of("TRACE", "BREW");

    private static final Set<Integer> REFUSED = Set.of(400, 401, 403, 404, 405, 415, 501);
    private static final List<String> ROLES = List.of("viewer", "operator", "designer", "admin");
    static final Pattern INSIDE = Pattern.compile(
            "\\bat [a-z]\\w*(\\.\\w+)+\\(|Exception|\\bjava\\.|org\\.apache\\.|org\\.springframework|io\\.caravan|jdbc:");
    /** Headers of requests that no answer has. */
    private static final Set<String> SENT = Set.of(
            "authorization", "idempotency-key", "user-agent", "host", "webhook-signature", "cookie", "http2-settings");

    private static final String NOBODYS = "zzzzzzzzzzzzzzzzzzzzzzzzzz";

    private final MatrixHub hub = MatrixHub.shared();
    private final Permissions table = Permissions.read();
    private final List<String> wrong = new ArrayList<>();

    /** @param key whose; null for none */
    private record Principal(String name, @Nullable String key, boolean login) {}

    private static final List<Principal> PRINCIPALS = List.of(
            new Principal("anonymous", null, false),
            new Principal("webhook", null, false),
            new Principal("viewer", "viewer", false),
            new Principal("operator", "operator", false),
            new Principal("designer", "designer", false),
            new Principal("admin", "admin", false),
            new Principal("other", "other", false),
            new Principal("ops", "admin", true),
            new Principal("viewer-login", "viewer", true),
            new Principal("other-login", "other", true));

    /** Who asks below an address, where nothing is for anybody. */
    private static final Set<String> FEW = Set.of("anonymous", "webhook", "admin", "other");

    @Test
    void shouldListEveryAddressThatTheHubHasAndNoOther() {
        Set<Endpoint> there = Endpoints.of(hub.hub);
        assertThat(there.stream().filter(one -> !table.lists(one)))
                .as("addresses that authorisation.txt does not list")
                .isEmpty();
        Set<Endpoint> gone = new TreeSet<>(table.endpoints());
        gone.removeAll(there);
        assertThat(gone).as("addresses that are gone").isEmpty();
        MatrixHub.contract()
                .getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((verb, operation) -> assertThat(table.who(new Endpoint(Door.API, path), verb.name()))
                                .as(verb + " " + path)
                                .isEqualTo(role(operation))));
    }

    private static String role(Operation operation) {
        String role = String.valueOf(operation.getExtensions().get("x-hub-role"));
        return role.equals("public") ? "signed" : role;
    }

    @Test
    void shouldLetInWhomTheTableNamesAndNobodyElse() {
        Map<String, Set<String>> theirs = hub.ids("admin");
        int cases = 0;
        for (Endpoint endpoint : Endpoints.of(hub.hub)) {
            for (String verb : VERBS) {
                for (Principal principal : PRINCIPALS) {
                    if (endpoint.pattern().endsWith("{*matchOnUriPrefix}") && !FEW.contains(principal.name())) {
                        continue;
                    }
                    judge(endpoint, verb, principal, ask(endpoint, verb, principal), theirs);
                    cases++;
                }
            }
        }
        System.out.println("authorisation matrix: " + cases + " cases, " + wrong.size() + " wrong");
        assertThat(wrong).isEmpty();
        assertThat(cases).isGreaterThan(5_000);
    }

    private Answer ask(Endpoint endpoint, String verb, Principal principal) {
        String path = endpoint.pattern().replace("/{*matchOnUriPrefix}", "/none/of/these");
        boolean object = path.contains("/{id}");
        if (object && principal.name().equals("other")) {
            path = path.replace("{id}", hub.thing(path));
        }
        path = path.replaceAll("\\{[^}]*}", NOBODYS).replace("**", "none").replace("*", "none");
        @Nullable Object body = object ? example(endpoint, verb) : null;
        Map<String, String> headers = new LinkedHashMap<>();
        if (principal.key() != null) {
            headers.putAll(principal.login() ? hub.basic(principal.key()) : hub.bearer(principal.key()));
        }
        if (object) {
            headers.put("Idempotency-Key", MatrixHub.newKey());
        }
        if (principal.name().equals("webhook")) {
            body = path.endsWith("sendgrid") ? "[]" : "{\"supplier\":\"aliexpress\",\"product_id\":\"1\",\"score\":1}";
            byte[] raw = body.toString().getBytes(StandardCharsets.UTF_8);
            headers.putAll(hub.webhooks.scorer(Webhooks.Secret.CURRENT, MatrixHub.newKey(), Instant.now(), raw));
            headers.putAll(hub.webhooks.sendgrid(Webhooks.Secret.CURRENT, Instant.now(), raw));
        }
        return hub.send(endpoint.door(), verb, path, headers, body);
    }

    /** The contract's example, so that only the object is a reason to refuse. */
    private static @Nullable Object example(Endpoint endpoint, String verb) {
        PathItem item = MatrixHub.contract().getPaths().get(endpoint.pattern());
        Operation operation = item == null || NO_VERBS.contains(verb)
                ? null
                : item.readOperationsMap().get(PathItem.HttpMethod.valueOf(verb));
        return operation == null ? null : MatrixHub.example(operation);
    }

    private void judge(
            Endpoint endpoint, String verb, Principal principal, Answer answer, Map<String, Set<String>> theirs) {
        String what = principal.name() + ": " + verb + " " + endpoint + " -> " + answer.status() + " "
                + answer.text().lines().findFirst().orElse("");
        String who = table.who(endpoint, verb);
        boolean may = may(principal, endpoint, who);
        boolean known = known(principal, endpoint);
        if (may
                && known
                && principal.name().equals("other")
                && endpoint.pattern().contains("{id}")
                && !verb.equals("OPTIONS")) {
            check(answer.status() == 404, "another account's object is not 404: " + what);
        } else if (may) {
            check(!Set.of(401, 403, 405).contains(answer.status()) && answer.status() < 500, "is kept out: " + what);
        } else {
            check(REFUSED.contains(answer.status()), "UNEXPECTED ALLOW: " + what);
            if (!NO_VERBS.contains(verb) && !known && !table.open(endpoint) && !below(endpoint)) {
                check(answer.status() == 401, "should be 401: " + what);
            }
            if (known && who != null && !who.equals("signed")) {
                check(answer.status() == 403, "should be 403: " + what);
            }
        }
        if (answer.status() >= 400 && !verb.equals("HEAD")) {
            check(isProblem(answer), "is no problem document: " + what);
        }
        check(!INSIDE.matcher(answer.status() >= 400 ? answer.text() : "").find(), "tells of the inside: " + what);
        check(
                answer.headers().keySet().stream().noneMatch(name -> SENT.contains(name.toLowerCase(Locale.ROOT))),
                "sends back what came: " + what + answer.headers().keySet());
        if (principal.name().equals("other")) {
            String asked = endpoint.pattern().contains("{id}") ? hub.thing(endpoint.pattern()) : "nothing";
            theirs.forEach((list, ids) -> check(
                    ids.stream()
                            .noneMatch(id -> !id.equals(asked) && answer.text().contains(id)),
                    "shows what is not theirs: " + what));
        }
    }

    /** Sub-addresses of a webhook are open by their path and have nothing. */
    private static boolean below(Endpoint endpoint) {
        return endpoint.pattern().contains("/webhooks/") && endpoint.pattern().endsWith("}");
    }

    private static boolean may(Principal principal, Endpoint endpoint, @Nullable String who) {
        if (who == null) {
            return false;
        }
        return switch (who) {
            // a wrong login is refused even where none is needed
            case "anyone" -> !principal.name().equals("other-login") || !management(endpoint);
            case "signed" -> principal.name().equals("webhook");
            case "house" -> principal.name().equals("admin");
            case "login" -> principal.login() && !principal.name().startsWith("other");
            default -> !principal.login() && principal.key() != null && rank(principal) >= ROLES.indexOf(who);
        };
    }

    private static int rank(Principal principal) {
        return principal.name().equals("other") ? ROLES.indexOf("admin") : ROLES.indexOf(principal.name());
    }

    /** Whether the hub knows who asks: the bearer keys on the one port, the logins on the other. */
    private static boolean known(Principal principal, Endpoint endpoint) {
        boolean management = management(endpoint);
        return principal.key() != null
                && principal.login() == management
                && !(management && principal.name().startsWith("other"));
    }

    private static boolean management(Endpoint endpoint) {
        return endpoint.door() == Door.MANAGEMENT
                && (endpoint.pattern().startsWith("/observe")
                        || endpoint.pattern().startsWith("/actuator"));
    }

    private static boolean isProblem(Answer answer) {
        JsonNode body = answer.body();
        return answer.header("Content-Type").startsWith("application/problem+json")
                && body.path("status").asInt() == answer.status()
                && !body.path("code").asText().isEmpty()
                && !body.path("request_id").asText().isEmpty();
    }

    private void check(boolean right, String otherwise) {
        if (!right && !wrong.contains(otherwise)) {
            wrong.add(otherwise);
        }
    }
}

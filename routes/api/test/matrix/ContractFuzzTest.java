package io.caravan.hub.routes.api.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.routes.api.matrix.Endpoints.Door;
import io.caravan.hub.routes.api.matrix.MatrixHub.Answer;
import io.caravan.hub.routes.api.matrix.Webhooks.Secret;
import io.swagger.v3.oas.models.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every operation of our own contract, asked with what it allows and with what nobody allowed, by an account of its own. Whatever
 * is asked, the answer is one that the contract tells of. {@code -Dhub.proof=true} for 500 of each; {@code -Dhub.seed=N}
 * for the same again, {@code -Dhub.fuzz.operation=getTrend} for one operation alone.
 */
class ContractFuzzTest {

    private static final boolean LONG = Boolean.getBoolean("hub.proof");
    private static final int EACH = Integer.getInteger("hub.fuzz.each", LONG ? 500 : 12);
    /** The same in every build, so that one that did nothing wrong does not fail over what nobody touched. */
    private static final long SEED = Long.getLong("hub.seed", LONG ? System.nanoTime() & 0xffffff : 1);

    private static final String ONLY = System.getProperty("hub.fuzz.operation", "");
    private static final String ACCOUNT = "fuzz";
    private static final int MOST_SHOWN = 25;
    private static final Pattern STATUS = Pattern.compile("\\b[45][0-9]{2}\\b");
    private static final Pattern SQL =
            Pattern.compile("SQLSTATE|(?i)\\b(select .+ from|insert into|update .+ set|delete from)\\b");
    /** What the contract says no to by itself; a request that it allows never gets one of them. */
    private static final Set<Integer> NOT_ALLOWED = Set.of(400, 401, 403, 405, 413, 415);
    /** Code of a 400 for what the contract allows and the hub does not know, such as the address of no supplier. */
    private static final String NAMES_NOTHING = "invalid-value";

    private final MatrixHub hub = MatrixHub.shared();
    private final OpenApiInteractionValidator contract =
            OpenApiInteractionValidator.createFor(MatrixHub.contract()).build();
    private final Seen seen = new Seen();
    private final Map<String, String> wrong = new LinkedHashMap<>();
    private final Map<Integer, Integer> valid = new TreeMap<>();
    private final Map<Integer, Integer> mutated = new TreeMap<>();
    private final Map<String, Set<Integer>> byOperation = new TreeMap<>();
    private int refusals;

    @Test
    void shouldAnswerWithinTheContractWhateverIsAsked() {
        furnish();
        for (int i = 0; i < EACH; i++) {
            int round = i;
            MatrixHub.contract()
                    .getPaths()
                    .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                        if (operation.getOperationId().startsWith(ONLY)) {
                            round(round, path, method.name(), operation);
                        }
                    }));
        }
        System.out.println("contract fuzz: seed " + SEED + ", " + byOperation.size() + " operations, " + 2 * EACH
                + " requests each; answers to valid ones " + valid + ", to mutated ones " + mutated + "; " + refusals
                + " wrong");
        assertThat(wrong.values().stream().limit(MOST_SHOWN))
                .as(refusals + " answers; replay: ./mvnw -pl routes -am verify -Dtest=ContractFuzzTest -Dhub.seed="
                        + SEED + " -Dhub.fuzz.each=" + EACH + " -Dsurefire.failIfNoSpecifiedTests=false")
                .isEmpty();
        Set<String> shut = new TreeSet<>();
        byOperation.forEach((operation, statuses) -> {
            if (statuses.stream()
                    .noneMatch(status -> status < 300 || status == 402 || status == 404 || status == 409)) {
                shut.add(operation + " " + statuses);
            }
        });
        assertThat(shut)
                .as("operations whose checks of the request nothing came past")
                .isEmpty();
    }

    /** A dead letter to ask about; everything else comes of the requests themselves. */
    private void furnish() {
        for (String aggregate : List.of("dies", "dies too")) {
            hub.hub
                    .bean(DeliveryEngine.class)
                    .work()
                    .insert(NewWork.of(
                            new AccountId(ACCOUNT), "trend.refresh", aggregate, Map.of("sources", List.of("nowhere"))));
        }
    }

    private void round(int round, String path, String method, Operation operation) {
        Random random = new Random(SEED ^ (operation.getOperationId().hashCode() * 31L + round) * 0x9E3779B97F4A7C15L);
        // one of each goes as far as the contract's example goes, whatever the seed
        Fuzzed allowed = Fuzzed.valid(method, path, operation, seen, random, round == 0);
        Fuzzed changed = allowed.mutated(random);
        if (operation.getSecurity() != null && operation.getSecurity().isEmpty()) {
            ask(operation, signed(allowed, allowed.body()), true);
            // what is signed may be what is sent, what was meant, or nothing
            ask(
                    operation,
                    switch (random.nextInt(4)) {
                        case 0 -> changed;
                        case 1 -> signed(changed, allowed.body());
                        default -> signed(changed, changed.body());
                    },
                    false);
        } else {
            ask(operation, allowed.headers(hub.bearer(ACCOUNT)), true);
            ask(operation, changed.headers(hub.bearer(ACCOUNT)), false);
        }
    }

    private Fuzzed signed(Fuzzed request, byte @Nullable [] over) {
        byte[] raw = over == null ? new byte[0] : over;
        return request.headers(
                switch (request.template()) {
                    case "/api/v1/webhooks/sendgrid" -> hub.webhooks.sendgrid(Secret.FUZZ, Instant.now(), raw);
                    case "/api/v1/webhooks/product-scored" ->
                        hub.webhooks.scorer(Secret.FUZZ, MatrixHub.newKey(), Instant.now(), raw);
                    default -> throw new AssertionError("nothing here signs as the sender of " + request.template());
                });
    }

    private void ask(Operation operation, Fuzzed request, boolean allowed) {
        Answer answer = hub.send(Door.API, request.method(), request.path(), request.headers(), request.body());
        int status = answer.status();
        (allowed ? valid : mutated).merge(status, 1, Integer::sum);
        byOperation
                .computeIfAbsent(operation.getOperationId(), any -> new TreeSet<>())
                .add(status);
        if (status < 300) {
            seen.take(request.template(), answer.body());
        }
        List<String> faults = new ArrayList<>();
        if (!told(operation).contains(status)) {
            faults.add("a status that the contract does not tell of");
        }
        if (allowed
                && NOT_ALLOWED.contains(status)
                && !answer.body().path("code").asText().equals(NAMES_NOTHING)) {
            faults.add("refused, though the contract allows it");
        }
        if (status == 503 && answer.header("Retry-After").isEmpty()) {
            faults.add("503 without Retry-After");
        }
        if (status >= 400) {
            refusal(answer, faults);
        }
        if (answer.text().contains(MatrixHub.CANARY)) {
            faults.add("shows a property of the hub");
        }
        // what was asked may be another operation's path by now: a success is held against the one that it names
        held(status < 400 ? request.path() : request.template(), request.method(), answer, faults);
        if (!faults.isEmpty()) {
            refusals++;
            String what = operation.getOperationId() + " -> " + status + ": " + String.join("; ", faults);
            wrong.putIfAbsent(
                    operation.getOperationId() + status + faults.get(0),
                    cut(what) + "\n      " + cut(request.toString()) + "\n      " + cut(answer.text()));
        }
    }

    private static void refusal(Answer answer, List<String> faults) {
        if (!answer.header("Content-Type").startsWith("application/problem+json")) {
            faults.add("no problem+json but " + answer.header("Content-Type"));
        }
        if (AuthorisationMatrixTest.INSIDE.matcher(answer.text()).find()
                || SQL.matcher(answer.text()).find()) {
            faults.add("tells of the inside");
        }
    }

    private void held(String path, String method, Answer answer, List<String> faults) {
        SimpleResponse.Builder response = SimpleResponse.Builder.status(answer.status());
        if (!answer.header("Content-Type").isEmpty()) {
            response.withContentType(answer.header("Content-Type"));
        }
        if (!answer.text().isEmpty()) {
            response.withBody(answer.text());
        }
        int query = path.indexOf('?');
        ValidationReport report = contract.validateResponse(
                query < 0 ? path : path.substring(0, query), Request.Method.valueOf(method), response.build());
        if (report.hasErrors()) {
            faults.add("outside the contract: "
                    + report.getMessages().stream()
                            .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                            .map(ValidationReport.Message::getMessage)
                            .collect(Collectors.joining("; ")));
        }
    }

    /** Statuses that the operation's own answers have, and those that the words of its other answer name. */
    private static Set<Integer> told(Operation operation) {
        Set<Integer> told = new TreeSet<>();
        operation.getResponses().forEach((status, response) -> {
            if (!status.equals("default")) {
                told.add(Integer.valueOf(status));
                return;
            }
            Matcher named = STATUS.matcher(String.valueOf(response.getDescription()));
            while (named.find()) {
                told.add(Integer.valueOf(named.group()));
            }
        });
        return told;
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), 1_000));
    }
}

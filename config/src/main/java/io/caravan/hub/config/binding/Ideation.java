package io.caravan.hub.config.binding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.caravan.hub.enrich.Fault;
import io.caravan.hub.enrich.idea.AnswerSchema;
import io.caravan.hub.enrich.idea.IdeaJudge;
import io.caravan.hub.enrich.idea.IdeaRules;
import io.caravan.hub.enrich.idea.IdeationPrompt;
import io.caravan.hub.enrich.idea.PromptTemplate;
import io.caravan.hub.enrich.idea.RepairPrompt;
import io.caravan.hub.enrich.idea.Verdict;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.idea.Prompt;
import io.caravan.hub.model.trend.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** Bean {@code ideation}: the two pure halves around the model's answer, by {@code ideas.yaml} and the prompt file. */
public class Ideation {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final IdeaRules rules;
    private final PromptTemplate template;
    private final AnswerSchema schema;
    private final JsonSchema validator;

    Ideation(IdeaRules rules, PromptTemplate template, AnswerSchema schema) {
        this.rules = rules;
        this.template = template;
        this.schema = schema;
        this.validator =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema.json());
    }

    /** Body in: the trend; out: the prompt. Keeps both in variables for the judge. */
    public Prompt prompt(@Body Trend trend, Exchange exchange) {
        Prompt prompt = IdeationPrompt.from(trend, rules, template, schema);
        exchange.setVariable("trend", trend);
        return keep(prompt, exchange);
    }

    /**
     * Body in: the model's reply; out: the idea when it passed, else the answer. Sets the variables {@code passed},
     * {@code faults}, {@code model} and {@code costMicros} (of all answers so far).
     */
    public Object judge(
            @Body VendorObject reply,
            @Variable("trend") Trend trend,
            @Variable("costMicros") @Nullable Long spent,
            Exchange exchange) {
        Map<String, Object> answer = answer(reply);
        exchange.setVariable("model", String.valueOf(reply.facts().getOrDefault("model", "")));
        exchange.setVariable("costMicros", (spent == null ? 0 : spent) + Facts.number(reply, "cost_micros"));
        exchange.setVariable("answerText", String.valueOf(reply.facts().getOrDefault("text", "")));
        exchange.setVariable("answer", answer);
        remember(answer, exchange);
        List<Fault> faults = new ArrayList<>(shape(answer, reply.state()));
        Verdict verdict = faults.isEmpty() ? IdeaJudge.judge(answer, trend, rules) : new Verdict.Fail(faults);
        exchange.setVariable("passed", verdict.passed());
        exchange.setVariable("faults", verdict.faults());
        return verdict instanceof Verdict.Pass pass ? pass.idea() : answer;
    }

    /** The one second chance: the first prompt with the refused answer and its faults. */
    public Prompt repairPrompt(
            @Variable("prompt") Prompt first,
            @Variable("answer") Map<String, Object> answer,
            @Variable("answerText") String text,
            @Variable("faults") List<Fault> faults,
            Exchange exchange) {
        return keep(
                answer.isEmpty() ? RepairPrompt.of(first, text, faults) : RepairPrompt.of(first, answer, faults),
                exchange);
    }

    /**
     * @throws VendorException REJECTED, naming every fault of the last answer, with all answers as its body; the work
     *     item goes to the dead letters
     */
    public void mustPass(
            @Variable("passed") boolean passed,
            @Variable("faults") List<Fault> faults,
            @Variable("answers") List<Object> answers)
            throws JsonProcessingException {
        if (!passed) {
            throw new VendorException(
                    ErrorKind.REJECTED,
                    "openai",
                    "answer-refused",
                    200,
                    "the model's answer was refused twice: " + text(faults),
                    JSON.writeValueAsString(Map.of("answers", shortened(answers))));
        }
    }

    private static void remember(Map<String, Object> answer, Exchange exchange) {
        List<Object> answers = new ArrayList<>();
        if (exchange.getVariable("answers") instanceof List<?> earlier) {
            answers.addAll(earlier);
        }
        answers.add(answer.isEmpty() ? String.valueOf(exchange.getVariable("answerText")) : answer);
        exchange.setVariable("answers", answers);
    }

    /** Each answer gets its share of what a dead letter keeps, so that a long first one does not hide the second. */
    private static List<Object> shortened(List<Object> answers) throws JsonProcessingException {
        int share = VendorException.BODY_LIMIT / 2 / Math.max(1, answers.size());
        List<Object> all = new ArrayList<>();
        for (Object answer : answers) {
            String text = answer instanceof String words ? words : JSON.writeValueAsString(answer);
            all.add(text.length() > share ? text.substring(0, share) + "..." : answer);
        }
        return all;
    }

    private static Prompt keep(Prompt prompt, Exchange exchange) {
        exchange.setVariable("prompt", prompt);
        exchange.setVariable("promptVersion", prompt.version());
        return prompt;
    }

    private List<Fault> shape(Map<String, Object> answer, String state) {
        if (answer.isEmpty()) {
            return List.of(new Fault(
                    "answer", "is no JSON object (" + state + ")", "answer with one JSON object and nothing else"));
        }
        try {
            return validator.validate(JSON.readTree(JSON.writeValueAsString(answer))).stream()
                    .map(fault ->
                            new Fault(fault.getInstanceLocation().toString(), fault.getMessage(), "keep to the schema"))
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that was JSON cannot be written as JSON", e);
        }
    }

    private static Map<String, Object> answer(VendorObject reply) {
        Object answer = reply.facts().get("answer");
        if (!(answer instanceof Map<?, ?> map)) {
            return Map.of();
        }
        return JSON.convertValue(map, JSON.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
    }

    private static String text(List<Fault> faults) {
        return String.join(
                "; ",
                faults.stream().map(fault -> fault.field() + " " + fault.what()).toList());
    }
}

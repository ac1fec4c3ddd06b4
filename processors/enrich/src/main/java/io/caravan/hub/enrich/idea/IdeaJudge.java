package io.caravan.hub.enrich.idea;

import io.caravan.hub.enrich.Fault;
import io.caravan.hub.enrich.idea.IdeaRules.Range;
import io.caravan.hub.model.idea.Idea;
import io.caravan.hub.model.trend.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The judging half of ideation: whether a model's answer may become a product. The answer is a stranger's: every field
 * is checked, none is mended silently except for white space.
 */
public final class IdeaJudge {

    private static final Set<String> FIELDS = Set.of("headline", "motif", "style", "audience", "story", "tags");
    private static final int MAX_FAULTS = 30;

    private final IdeaRules rules;
    private final TextJudge texts;
    private final List<Fault> faults = new ArrayList<>();

    private IdeaJudge(IdeaRules rules) {
        this.rules = rules;
        this.texts = new TextJudge(rules);
    }

    /**
     * Never throws, whatever the answer holds.
     *
     * @param answer the parsed JSON object: text under headline, motif, style, audience and story, a list of text under
     *     tags, nothing else
     */
    public static Verdict judge(Map<String, Object> answer, Trend trend, IdeaRules rules) {
        return new IdeaJudge(rules).verdict(answer, trend);
    }

    private Verdict verdict(Map<String, Object> answer, Trend trend) {
        for (Object field : answer.keySet()) {
            if (!FIELDS.contains(String.valueOf(field))) {
                fault(
                        "answer",
                        "has a field that was not asked for",
                        "answer with " + FIELDS.stream().sorted().toList());
            }
        }
        IdeaRules.Lengths lengths = rules.lengths();
        String headline = text(answer, "headline", lengths.headline());
        String motif = text(answer, "motif", lengths.motif());
        String style = text(answer, "style", lengths.style());
        String audience = text(answer, "audience", lengths.audience());
        String story = text(answer, "story", lengths.story());
        List<String> tags = tags(answer.get("tags"));
        String all = String.join(" . ", headline, motif, story, String.join(" . ", tags));
        if (faults.isEmpty() && !new AboutTrend(rules.stopWords()).test(trend.keyword(), all)) {
            fault(
                    "motif",
                    "has nothing to do with the trend",
                    "say in the motif or the headline what the keyword is about");
        }
        return faults.isEmpty()
                ? new Verdict.Pass(new Idea(headline, motif, style, audience, story, tags))
                : new Verdict.Fail(faults.subList(0, Math.min(faults.size(), MAX_FAULTS)));
    }

    private String text(Map<String, Object> answer, String field, Range length) {
        return text(field, answer.get(field), length);
    }

    private String text(String field, @Nullable Object value, Range length) {
        if (!(value instanceof String raw)) {
            fault(field, value == null ? "is missing" : "is not text", "write it as text");
            return "";
        }
        String text = TextJudge.inForm(raw);
        if (text.isEmpty()) {
            fault(field, "is empty", "write " + length.min() + " to " + length.max() + " characters");
            return "";
        }
        faults.addAll(texts.faults(field, raw, text, length));
        return text;
    }

    private List<String> tags(@Nullable Object value) {
        Range number = rules.lengths().tags();
        if (!(value instanceof List<?> items)) {
            fault("tags", value == null ? "is missing" : "is not a list", "write a list of texts");
            return List.of();
        }
        if (items.size() < number.min() || items.size() > number.max()) {
            fault("tags", "has " + items.size() + " entries", "write " + number.min() + " to " + number.max());
        }
        List<String> tags = new ArrayList<>();
        for (int i = 0; i < Math.min(items.size(), number.max()); i++) {
            tags.add(text("tags[" + i + "]", items.get(i), rules.lengths().tag()));
        }
        return tags;
    }

    private void fault(String field, String what, String hint) {
        faults.add(new Fault(field, what, hint));
    }
}

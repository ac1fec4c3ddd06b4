package io.caravan.hub.enrich.idea;

import io.caravan.hub.enrich.text.JsonText;
import io.caravan.hub.model.idea.Prompt;
import io.caravan.hub.model.trend.Trend;
import java.util.LinkedHashMap;
import java.util.Map;

/** The asking half of ideation. What the sources wrote goes into the JSON of {@code data} and nowhere else. */
public final class IdeationPrompt {

    private IdeationPrompt() {}

    /**
     * @return {@code system}: the template filled from the rules alone; {@code data}:
     *     {@code {"trend":{"keyword","score","sources","context"}}}
     * @throws IllegalArgumentException when the template names a placeholder that the rules do not have
     */
    public static Prompt from(Trend trend, IdeaRules rules, PromptTemplate template, AnswerSchema schema) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("keyword", trend.keyword());
        data.put("score", trend.score());
        data.put("sources", trend.sources());
        data.put("context", trend.context());
        return new Prompt(
                template.version(),
                template.render(rules.placeholders()),
                JsonText.write(Map.of("trend", data)),
                schema.name(),
                schema.json());
    }
}

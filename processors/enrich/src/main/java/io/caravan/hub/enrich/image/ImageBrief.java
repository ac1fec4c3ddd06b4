package io.caravan.hub.enrich.image;

import io.caravan.hub.enrich.text.Fold;
import io.caravan.hub.enrich.text.Terms;
import io.caravan.hub.model.idea.Idea;
import io.caravan.hub.model.image.Brief;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From an idea to what an image model is asked for. */
public final class ImageBrief {

    private static final int PROMPT_LIMIT = 4_000;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^}]*)}}");

    private ImageBrief() {}

    /**
     * The prompt never holds a trademark or a banned word: the judge refuses ideas that do, and what it let pass is taken
     * out here.
     *
     * @throws IllegalArgumentException when the motif consists of such words alone
     */
    public static Brief from(Idea idea, ImageRules rules) {
        List<String> words = new ArrayList<>(rules.words().trademarks());
        words.addAll(rules.words().banned());
        Terms forbidden = Terms.of(words);
        String motif = sentence(forbidden.removeFrom(idea.motif()));
        if (motif.codePoints().noneMatch(Character::isLetter)) {
            throw new IllegalArgumentException("the motif holds nothing but protected words; write another idea");
        }
        String style = forbidden.removeFrom(idea.style());
        String audience = forbidden.removeFrom(idea.audience());
        String prompt = PLACEHOLDER
                .matcher(rules.template())
                .replaceAll(found -> Matcher.quoteReplacement(
                        switch (found.group(1)) {
                            case "motif" -> motif;
                            case "style" -> style;
                            default -> audience;
                        }));
        return new Brief(
                Fold.cutAtWord(forbidden.removeFrom(prompt), PROMPT_LIMIT),
                rules.size(),
                rules.quality(),
                rules.background());
    }

    private static String sentence(String text) {
        return text.isEmpty() || ".!?".indexOf(text.charAt(text.length() - 1)) >= 0 ? text : text + ".";
    }
}

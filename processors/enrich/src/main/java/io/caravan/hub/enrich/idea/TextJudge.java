package io.caravan.hub.enrich.idea;

import io.caravan.hub.enrich.Fault;
import io.caravan.hub.enrich.text.ForeignText;
import io.caravan.hub.enrich.text.Terms;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Judges one text of an answer: length, characters, foreign content, words, claims. */
final class TextJudge {

    private static final Map<String, String> HINTS = Map.of(
            "url", "leave out web addresses",
            "markup", "write plain sentences without markup or brackets",
            "e-mail", "leave out contact data",
            "handle", "leave out account names",
            "hashtag", "write words, not hashtags",
            "phone", "leave out long numbers",
            "price", "leave out prices and offers; they are set elsewhere",
            "instruction", "describe the design only; address no machine and nobody's rules",
            "long-word", "use ordinary words");

    private final Terms banned;
    private final Terms trademarks;
    private final Terms instructions;
    private final Terms claims;

    TextJudge(IdeaRules rules) {
        banned = Terms.of(rules.words().banned());
        trademarks = Terms.of(rules.words().trademarks());
        instructions = Terms.of(rules.instructionPhrases());
        claims = Terms.of(rules.claims().stream()
                .filter(claim -> rules.facts().stream()
                        .noneMatch(fact -> Terms.of(List.of(claim)).in(fact)))
                .toList());
    }

    /** Faults of a text that was brought into form; its raw form is looked at for characters. */
    List<Fault> faults(String field, String raw, String text, IdeaRules.Range length) {
        List<Fault> faults = new ArrayList<>();
        if (text.length() < length.min() || text.length() > length.max()) {
            faults.add(new Fault(
                    field,
                    "has " + text.length() + " characters",
                    "write " + length.min() + " to " + length.max() + " characters"));
        }
        if (text.length() > 4L * length.max()) {
            return faults;
        }
        raw.codePoints()
                .filter(c -> !isAllowed(c))
                .findFirst()
                .ifPresent(c -> faults.add(new Fault(
                        field,
                        "holds the character U+%04X".formatted(c),
                        "use letters, digits and punctuation; no emoji, symbols or invisible characters")));
        for (ForeignText.Found found : ForeignText.find(text)) {
            faults.add(new Fault(
                    field,
                    "holds " + found.code() + ": \"" + found.excerpt() + "\"",
                    HINTS.getOrDefault(found.code(), "leave it out")));
        }
        instructions
                .find(text)
                .forEach(phrase -> faults.add(
                        new Fault(field, "reads like an instruction: \"" + phrase + "\"", "describe the design only")));
        banned.find(text)
                .forEach(word -> faults.add(new Fault(
                        field, "holds the banned word \"" + word + "\"", "leave the word and its subject out")));
        trademarks
                .find(text)
                .forEach(word -> faults.add(new Fault(
                        field,
                        "names the trademark \"" + word + "\"",
                        "describe it without names that belong to others")));
        // the style is read by the image model alone: "hand-drawn" says how to draw, it promises a buyer nothing
        if (!field.equals("style")) {
            claims.find(text)
                    .forEach(claim -> faults.add(new Fault(
                            field,
                            "claims \"" + claim + "\", which is not among the product's facts",
                            "claim only what the facts say")));
        }
        return faults;
    }

    /** Spaces collapsed, composed; nothing is replaced by something else, so that the judge sees what buyers see. */
    static String inForm(String raw) {
        return Normalizer.normalize(raw, Normalizer.Form.NFC)
                .replaceAll("[\\s\\p{Z}]+", " ")
                .strip();
    }

    private static boolean isAllowed(int c) {
        return switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.MATH_SYMBOL,
                    Character.SPACE_SEPARATOR -> !(c >= 0xFE00 && c <= 0xFE0F) && c != 0x034F && c != 0x3164;
            default -> c == '\n' || c == '\r' || c == '\t';
        };
    }
}

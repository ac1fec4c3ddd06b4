package io.caravan.hub.enrich.trend;

import io.caravan.hub.enrich.text.Fold;
import io.caravan.hub.enrich.text.ForeignText;
import io.caravan.hub.enrich.text.Terms;
import io.caravan.hub.model.trend.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Drops what cannot become a product, each with its reason counted: nothing disappears. */
public final class SignalCleaner {

    private final TrendRules rules;
    private final Terms banned;
    private final Terms brands;
    private final Set<String> generic;

    private SignalCleaner(TrendRules rules) {
        this.rules = rules;
        this.banned = Terms.of(rules.words().banned());
        this.brands = Terms.of(rules.words().trademarks());
        this.generic = rules.genericTerms().stream().map(KeywordFolder::key).collect(Collectors.toSet());
    }

    public static Cleaned clean(List<Signal> signals, TrendRules rules) {
        SignalCleaner cleaner = new SignalCleaner(rules);
        List<Signal> kept = new ArrayList<>();
        Map<String, Integer> dropped = new TreeMap<>();
        for (Signal signal : signals) {
            String reason = cleaner.fault(signal.keyword());
            if (reason.isEmpty()) {
                kept.add(signal);
            } else {
                dropped.merge(reason, 1, Integer::sum);
            }
        }
        return new Cleaned(kept, dropped);
    }

    /** Why the keyword is dropped, or "" when it stays. */
    private String fault(String keyword) {
        String readable = KeywordFolder.readable(keyword);
        if (readable.isEmpty()) {
            return "blank";
        }
        if (readable.length() > rules.maxLength()) {
            return "too-long";
        }
        if (ForeignText.holdsUrl(readable)) {
            return "url";
        }
        if (readable.codePoints().noneMatch(Character::isLetter)) {
            return "no-letters";
        }
        String key = KeywordFolder.key(keyword);
        if (weight(key) < rules.minLength()) {
            return "too-short";
        }
        if (generic.contains(key)) {
            return "generic-term";
        }
        if (banned.in(readable)) {
            return "banned-term";
        }
        return brands.in(readable) ? "brand-term" : "";
    }

    /** An ideograph, kana or hangul syllable says as much as two letters. */
    private static int weight(String key) {
        return Fold.cut(key, 400)
                .codePoints()
                .map(c -> Character.isIdeographic(c) || isSyllable(c) ? 2 : 1)
                .sum();
    }

    private static boolean isSyllable(int c) {
        return switch (Character.UnicodeScript.of(c)) {
            case HANGUL, HIRAGANA, KATAKANA -> true;
            default -> false;
        };
    }
}

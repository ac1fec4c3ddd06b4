package io.caravan.hub.enrich.trend;

import io.caravan.hub.enrich.text.Terms;
import io.caravan.hub.enrich.trend.TrendRules.Printability;
import io.caravan.hub.enrich.trend.TrendRules.Theme;
import io.caravan.hub.model.trend.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a keyword and the headlines around it say about whether it can be printed and sold. */
final class ThemeFinder {

    private final Printability rules;
    private final Set<String> suitable;
    /** One list for all themes, so that each text is looked through once. */
    private final Terms terms;

    ThemeFinder(Printability rules) {
        this.rules = rules;
        this.suitable = Set.copyOf(rules.suitable());
        Set<String> all = new HashSet<>(rules.suitable());
        rules.unsuitable().forEach(theme -> all.addAll(theme.terms()));
        this.terms = Terms.of(all);
    }

    List<Reason> reasons(String keyword, List<String> context) {
        List<String> inKeyword = terms.find(keyword);
        List<String> around = terms.find(String.join(" . ", context));
        List<Reason> reasons = new ArrayList<>();
        boolean spokenAgainst = false;
        for (Theme theme : rules.unsuitable()) {
            List<String> here = common(theme.terms(), inKeyword);
            List<String> there = common(theme.terms(), around);
            if (!here.isEmpty()) {
                spokenAgainst = true;
                reasons.add(new Reason(
                        theme.code(), -theme.points(), theme.why() + " (\"" + here.get(0) + "\" in the keyword)"));
            } else if (!there.isEmpty() && rules.contextPercent() > 0) {
                spokenAgainst = true;
                int points = Math.round(theme.points() * rules.contextPercent() / 100f);
                reasons.add(new Reason(
                        theme.code(), -points, theme.why() + " (\"" + there.get(0) + "\" in a headline around it)"));
            }
        }
        if (!spokenAgainst) {
            reasons.add(0, new Reason("printable", rules.base(), "nothing speaks against printing it"));
        }
        List<String> liked = inKeyword.stream().filter(suitable::contains).toList();
        if (!liked.isEmpty()) {
            int points = Math.min(rules.suitableMax(), rules.suitablePoints() * liked.size());
            reasons.add(new Reason("suitable-theme", points, "prints well: " + String.join(", ", liked)));
        }
        int words = keyword.split(" ").length;
        if (words > rules.maxWords()) {
            reasons.add(new Reason(
                    "too-long", -rules.tooLongPoints(), words + " words read like a sentence, not like a theme"));
        }
        return reasons;
    }

    private static List<String> common(List<String> terms, List<String> found) {
        return terms.stream().filter(found::contains).toList();
    }
}

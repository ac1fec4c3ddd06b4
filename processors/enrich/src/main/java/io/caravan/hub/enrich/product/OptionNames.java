package io.caravan.hub.enrich.product;

import io.caravan.hub.enrich.text.Fold;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What buyers read instead of a supplier's name of an option; folded once for all products. */
final class OptionNames {

    private final Map<String, String> names = new HashMap<>();
    private final Set<String> hidden;

    OptionNames(ImportRules rules) {
        rules.optionNames().forEach((alias, name) -> names.put(Fold.key(alias), name));
        hidden = rules.hiddenOptions().stream().map(Fold::key).collect(Collectors.toUnmodifiableSet());
    }

    boolean hidden(String told) {
        return hidden.contains(Fold.key(told));
    }

    /** Never blank. */
    String of(String told) {
        String plain = ProductText.plain(told).replaceAll("[\\s:：]+$", "");
        String name = names.get(Fold.key(plain));
        if (name != null) {
            return name;
        }
        if (plain.isEmpty()) {
            return "Option";
        }
        int first = plain.codePointAt(0);
        return Character.toString(Character.toTitleCase(first)) + plain.substring(Character.charCount(first));
    }
}

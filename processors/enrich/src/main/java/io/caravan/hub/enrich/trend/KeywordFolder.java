package io.caravan.hub.enrich.trend;

import io.caravan.hub.enrich.text.Fold;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Refs;
import java.util.regex.Pattern;

/** Brings the spellings of one keyword together, across sources and languages. */
public final class KeywordFolder {

    private static final Pattern LEADING_HASHES = Pattern.compile("^[#\\s]+");
    /** Between words of two letters and more, so that {@code iPhone} stays whole. */
    private static final Pattern CAMEL = Pattern.compile("(?<=\\p{L}\\p{Ll})(?=\\p{Lu}\\p{Ll})");

    private static final Pattern CAMEL_WORDS = Pattern.compile("(?:\\p{Lu}\\p{Ll}+){2,}\\p{Nd}*");

    private KeywordFolder() {}

    /**
     * The key that merges: {@code "#CatMomShirt"}, {@code "cat mom  shirt"} and {@code "Cat-Mom-Shirt"} all give
     * {@code "catmomshirt"}. Stable over time and sources, because it never depends on the other signals of a cycle.
     * Empty when the keyword holds nothing that can be seen.
     */
    public static String key(String keyword) {
        return Fold.key(withoutHashes(keyword));
    }

    /** The id of the account's trend about this keyword. */
    public static String trendId(AccountId account, String keyword) {
        return Refs.of(account.value(), "trend", key(keyword));
    }

    /** For people: {@code "#CatMomShirt"} to {@code "Cat Mom Shirt"}, {@code "cat_mom"} to {@code "cat mom"}. */
    public static String readable(String keyword) {
        String whole = withoutHashes(keyword);
        String words = Fold.clean(whole.replace('_', ' '));
        String clean = words.isEmpty() ? whole : words;
        boolean camel = CAMEL_WORDS.matcher(clean).matches();
        return camel ? CAMEL.matcher(clean).replaceAll(" ") : clean;
    }

    private static String withoutHashes(String keyword) {
        return LEADING_HASHES.matcher(Fold.clean(keyword)).replaceFirst("");
    }
}

package io.caravan.hub.connectors.openai.sandbox;

import java.util.List;
import java.util.Locale;

/** Print-on-demand copy about a keyword: the same for the same keyword, different for another one. */
final class Merch {

    private static final List<String> HEADLINES = List.of(
            "%s Club",
            "%s Season",
            "%s State of Mind",
            "Weekends Are for %s",
            "Quietly Into %s",
            "Slow Days and %s",
            "Just Here for %s",
            "More %s Please");
    private static final List<String> STYLES = List.of(
            "flat vector in three warm colours with thick rounded outlines",
            "retro badge with a limited palette and soft grain",
            "loose ink lines with two flat accent colours",
            "bold screen-print look with large simple shapes",
            "mid-century poster shapes in muted tones",
            "clean line art with one bright colour field");
    private static final List<String> OPENERS = List.of(
            "Some moods need no explanation, and %s is one of them.",
            "Everybody seems to talk about %s right now, and it is easy to see why.",
            "For those who found %s before it was everywhere.",
            "A small tribute to %s and the people who love it.");
    private static final List<String> CLOSERS = List.of(
            "Wear it on a slow morning or give it to the friend who started it.",
            "A quiet gift for somebody who will get the joke at once.",
            "Made to be worn often and to start a conversation now and then.",
            "Goes well with an old pair of jeans and no plans at all.");

    private final String keyword;
    private final Theme theme;
    private final int seed;

    Merch(String keyword) {
        String plain = keyword.replaceAll("(?i)sandbox:[a-z-]+", " ").replaceAll("[<>{}\\[\\]\"\\\\]", " ");
        String tidy = plain.replaceAll("\\s+", " ").strip();
        this.keyword = tidy.isEmpty()
                ? "good things"
                : tidy.length() > 60 ? tidy.substring(0, 60).strip() : tidy;
        this.theme = Theme.of(this.keyword);
        this.seed = this.keyword.toLowerCase(Locale.ROOT).hashCode() & 0x7fffffff;
    }

    /** A text for a property of that name. */
    String text(String property) {
        String name = property.toLowerCase(Locale.ROOT);
        if (name.contains("headline") || name.contains("title") || name.equals("name")) {
            return String.format(Locale.ROOT, pick(HEADLINES, 1), titled());
        }
        if (name.contains("motif") || name.contains("subject") || name.contains("scene")) {
            return "For \"" + keyword + "\": " + theme.motif + ".";
        }
        if (name.contains("style")) {
            return pick(STYLES, 3);
        }
        if (name.contains("audience") || name.contains("buyer")) {
            return theme.audience;
        }
        if (name.contains("story") || name.contains("description")) {
            return String.format(Locale.ROOT, pick(OPENERS, 5), keyword) + " The picture shows " + theme.motif + ". "
                    + pick(CLOSERS, 7);
        }
        if (name.contains("prompt")) {
            return theme.motif + ", " + pick(STYLES, 3) + ", about \"" + keyword + "\"";
        }
        if (name.contains("keyword") || name.contains("topic")) {
            return keyword;
        }
        return titled() + ": " + theme.motif;
    }

    /** The i-th of a list's texts; tags have at most 20 characters. */
    String item(String property, int i) {
        if (!property.toLowerCase(Locale.ROOT).contains("tag")
                && !property.toLowerCase(Locale.ROOT).contains("keyword")) {
            return text(property) + (i == 0 ? "" : " (" + (i + 1) + ")");
        }
        List<String> own = List.of(keyword.toLowerCase(Locale.ROOT), keyword.toLowerCase(Locale.ROOT) + " gift");
        List<String> common = List.of(
                "graphic tee",
                "gift for friends",
                "unique gift",
                "aesthetic shirt",
                "gift idea",
                "cozy style",
                "weekend wear",
                "birthday gift",
                "soft colours",
                "flat design",
                "everyday wear",
                "wall art",
                "gift for her",
                "gift for him");
        List<String> all = new java.util.ArrayList<>();
        for (List<String> source : List.of(own, theme.tags, common)) {
            source.stream().filter(tag -> tag.length() <= 20).forEach(all::add);
        }
        return i < all.size() ? all.get(i) : "idea " + (i + 1);
    }

    /** A number that is this keyword's own, 0 to 2^31. */
    int seed() {
        return seed;
    }

    private String titled() {
        StringBuilder out = new StringBuilder();
        for (String word : keyword.split(" ")) {
            out.append(out.isEmpty() ? "" : " ")
                    .append(word.substring(0, word.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT))
                    .append(word.substring(word.offsetByCodePoints(0, 1)));
        }
        return out.toString();
    }

    private String pick(List<String> from, int salt) {
        return from.get(Math.floorMod(seed / salt + salt, from.size()));
    }
}

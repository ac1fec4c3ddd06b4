package io.caravan.hub.connectors.openai.sandbox;

import java.util.List;
import java.util.Locale;

/** What a text is about, roughly: enough to write and to draw something that fits. */
enum Theme {
    WOODS(
            "a family of mushrooms between ferns under a low sun",
            "people who spend their weekends in the woods",
            List.of("forest lover", "nature gift", "cottagecore", "woodland decor"),
            List.of(
                    "mushroom",
                    "forest",
                    "wood",
                    "foraging",
                    "hike",
                    "hiking",
                    "nature",
                    "moss",
                    "tree",
                    "fungi",
                    "fern")),
    CAMP(
            "a small tent in front of two mountains with a rising sun",
            "campers and van travellers",
            List.of("camping gift", "outdoor life", "mountain art", "travel lover"),
            List.of("camp", "camping", "tent", "mountain", "van", "trail", "outdoor", "road", "fire")),
    NIGHT(
            "northern lights over a dark ridge with a handful of stars",
            "stargazers and night owls",
            List.of("night sky", "stargazer gift", "aurora art", "celestial"),
            List.of("night", "aurora", "northern", "star", "stars", "moon", "space", "galaxy", "eclipse", "meteor")),
    ANIMAL(
            "the round face of a calm little animal looking straight at you",
            "people who share cute animals with their friends",
            List.of("cute animal", "animal lover", "funny pet gift", "kawaii"),
            List.of(
                    "capybara",
                    "axolotl",
                    "cat",
                    "dog",
                    "frog",
                    "raccoon",
                    "otter",
                    "pet",
                    "animal",
                    "bird",
                    "bear",
                    "fox",
                    "rabbit",
                    "duck",
                    "goose",
                    "cow",
                    "possum")),
    SEA(
            "three long waves rolling under a big striped sun",
            "surfers, swimmers and everybody who misses the sea",
            List.of("beach life", "ocean lover", "surf art", "coastal decor"),
            List.of("sea", "ocean", "beach", "surf", "wave", "summer", "sail", "island", "swim", "coast", "fish")),
    BOOKS(
            "a leaning stack of books with a cup of tea on top",
            "readers who always carry one book too many",
            List.of("book lover", "reader gift", "bookish", "library decor"),
            List.of("book", "books", "reading", "read", "library", "nook", "study", "novel", "poetry", "teacher")),
    KITCHEN(
            "a round loaf of bread with a wheat ear and a little steam",
            "home bakers and slow cooks",
            List.of("baker gift", "kitchen art", "foodie", "home cook"),
            List.of(
                    "sourdough",
                    "bread",
                    "bake",
                    "baking",
                    "starter",
                    "kitchen",
                    "coffee",
                    "tea",
                    "food",
                    "cook",
                    "matcha",
                    "recipe",
                    "cake",
                    "pizza",
                    "soup")),
    PLANT(
            "a happy house plant with wide leaves in a patterned pot",
            "people whose windowsills are full",
            List.of("plant lover", "plant mom gift", "botanical art", "gardener"),
            List.of(
                    "plant",
                    "plants",
                    "garden",
                    "gardening",
                    "flower",
                    "leaf",
                    "cactus",
                    "bloom",
                    "terrarium",
                    "botanical")),
    SPORT(
            "a ball with a bold trail flying past a row of stripes",
            "players who never miss their Saturday game",
            List.of("team gift", "sporty", "player gift", "game day"),
            List.of(
                    "pickleball",
                    "tennis",
                    "golf",
                    "run",
                    "running",
                    "sport",
                    "football",
                    "soccer",
                    "yoga",
                    "gym",
                    "climbing",
                    "cycling",
                    "bike",
                    "marathon")),
    ABSTRACT(
            "a ring of soft petals around a bright centre",
            "people who like clean shapes with a story",
            List.of("minimalist art", "boho decor", "trendy gift", "abstract art"),
            List.of());

    final String motif;
    final String audience;
    final List<String> tags;
    private final List<String> words;

    Theme(String motif, String audience, List<String> tags, List<String> words) {
        this.motif = motif;
        this.audience = audience;
        this.tags = tags;
        this.words = words;
    }

    /** The theme most of whose words the text holds; ABSTRACT when it holds none. */
    static Theme of(String text) {
        List<String> words = List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"));
        Theme best = ABSTRACT;
        long most = 0;
        for (Theme theme : values()) {
            long hits = words.stream().filter(theme.words::contains).count();
            if (hits > most) {
                most = hits;
                best = theme;
            }
        }
        return best;
    }
}

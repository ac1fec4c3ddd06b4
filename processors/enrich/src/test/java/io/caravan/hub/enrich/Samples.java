package io.caravan.hub.enrich;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.idea.Idea;
import io.caravan.hub.model.trend.Reason;
import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.Trend;
import io.caravan.hub.model.trend.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Things that several tests speak of. */
public final class Samples {

    public static final AccountId ACCOUNT = new AccountId("acme");
    public static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private Samples() {}

    public static Signal signal(String source, String externalId, String keyword, Volume unit, long volume) {
        return signal(source, externalId, keyword, unit, volume, 0, NOW);
    }

    public static Signal signal(
            String source,
            String externalId,
            String keyword,
            Volume unit,
            long volume,
            long interactions,
            Instant observedAt) {
        return new Signal(source, externalId, keyword, unit, volume, interactions, "US", List.of(), observedAt);
    }

    public static Trend trend(String keyword) {
        return trend(keyword, List.of());
    }

    public static Trend trend(String keyword, List<String> context) {
        return new Trend(
                "t1",
                ACCOUNT,
                keyword,
                70,
                List.of(new Reason("volume", 70, "much")),
                List.of("tiktok", "google-trends"),
                false,
                context,
                NOW);
    }

    public static Idea idea() {
        return new Idea(
                "Moonlit Cat Mom With Coffee",
                "A sleepy cat curled around a steaming cup under a crescent moon",
                "flat vector, three colours",
                "cat lovers and tired mothers",
                "For everyone whose morning begins with a purr. The design shows a calm night and a warm cup, drawn with"
                        + " few lines so that it reads from afar.",
                List.of("cat mom shirt", "coffee cat", "moon cat", "sleepy cat", "cat lover"));
    }

    /** An answer that the judge lets pass for {@code trend("cat mom")}. */
    public static Map<String, Object> answer() {
        Idea idea = idea();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("headline", idea.headline());
        answer.put("motif", idea.motif());
        answer.put("style", idea.style());
        answer.put("audience", idea.audience());
        answer.put("story", idea.story());
        answer.put("tags", new ArrayList<>(idea.tags()));
        return answer;
    }

    public static Map<String, Object> answerWith(String field, Object value) {
        Map<String, Object> answer = answer();
        answer.put(field, value);
        return answer;
    }

    /** Text of any kind: every char, every code point, and pieces that break things. */
    public static Arbitrary<String> anyText(int maxLength) {
        Arbitrary<String> chars = Arbitraries.strings().all().ofMaxLength(maxLength);
        Arbitrary<String> codePoints = Arbitraries.integers()
                .between(0, 0x10FFFF)
                .map(Character::toString)
                .list()
                .ofMaxSize(maxLength / 2)
                .map(list -> String.join("", list));
        Arbitrary<String> pieces = Arbitraries.of(
                        "cat",
                        "CAT",
                        "Mom",
                        "DAD",
                        " ",
                        "  ",
                        "\n",
                        "&",
                        "&",
                        "%",
                        ":",
                        "+",
                        "-",
                        "'",
                        "#",
                        "@",
                        "\"",
                        "\\",
                        "™",
                        "ß",
                        "İ",
                        "ŉ",
                        "ﬃ",
                        "é",
                        "e\u0301",
                        "猫",
                        "ねこ",
                        "고양이",
                        "قطة",
                        "हिन्दी",
                        "แมว",
                        "🐱",
                        "👩‍👧",
                        "\uD83D",
                        "\uDC31",
                        "\u202E",
                        "\u200B",
                        "\u0000",
                        "Ⅷ",
                        "①",
                        "x".repeat(30),
                        "ΣΑΣ",
                        "ǆ",
                        ",")
                .list()
                .ofMaxSize(maxLength / 4)
                .map(list -> String.join("", list));
        return Arbitraries.oneOf(chars, codePoints, pieces)
                .map(text -> text.length() > maxLength ? text.substring(0, maxLength) : text);
    }

    public static Arbitrary<String> anyVisibleText(int maxLength) {
        return anyText(maxLength).filter(text -> !text.isBlank());
    }
}

package io.caravan.hub.enrich.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.enrich.Samples;
import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.Volume;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalCleanerTest {

    private static final TrendRules RULES = TrendRules.defaults();

    @Provide
    Arbitrary<List<String>> keywords() {
        return Samples.anyVisibleText(200).list().ofMaxSize(20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "##### | blank",
                "'\u200B\u200B' | blank",
                "ab | too-short",
                "a-b | too-short",
                "2026 | no-letters",
                "12:30 !!! | no-letters",
                "🎃🎃🎃 | no-letters",
                "https://example.com/cat | url",
                "www.example.com | url",
                "shop at evil.com now | url",
                "fyp | generic-term",
                "#ForYou | generic-term",
                "For You Page | generic-term",
                "v.i.r.a.l | generic-term",
                "hitler memes | banned-term",
                "N1KE dunks | brand-term",
                "#TaylorSwift | brand-term",
                "star wars day | brand-term",
            })
    void shouldDropWhatCannotBecomeAProduct(String keyword, String reason) {
        assertThat(clean(keyword).dropped()).isEqualTo(Map.of(reason, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat mom",
                "#CatMom",
                "猫好き",
                "猫猫",
                "고양이",
                "кот",
                "90s retro",
                "dad jokes 2026",
                "viral cat",
                "قطة"
            })
    void shouldKeepWhatCan(String keyword) {
        assertThat(clean(keyword).kept()).hasSize(1);
    }

    @Test
    void shouldDropWhatIsLongerThanTheRulesAllow() {
        assertThat(clean("cat ".repeat(50).strip()).kept()).hasSize(1);
        // one ligature of 18 letters once it is folded: 40 of them fit in 200 characters as they come, not as they read
        assertThat(clean("\uFDFA".repeat(40)).dropped()).isEqualTo(Map.of("too-long", 1));
    }

    @Property
    void shouldCountEverySignalOnce(@ForAll("keywords") List<String> keywords) {
        List<Signal> signals = keywords.stream()
                .map(keyword -> Samples.signal("tiktok", "x", keyword, Volume.PLAYS, 1))
                .toList();

        Cleaned cleaned = SignalCleaner.clean(signals, RULES);

        int dropped =
                cleaned.dropped().values().stream().mapToInt(Integer::intValue).sum();
        assertThat(cleaned.kept().size() + dropped).isEqualTo(signals.size());
    }

    private static Cleaned clean(String keyword) {
        return SignalCleaner.clean(List.of(Samples.signal("tiktok", "x", keyword, Volume.PLAYS, 1)), RULES);
    }
}

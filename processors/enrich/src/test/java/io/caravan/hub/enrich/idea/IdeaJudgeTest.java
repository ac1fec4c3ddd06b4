package io.caravan.hub.enrich.idea;

import static io.caravan.hub.enrich.Samples.answer;
import static io.caravan.hub.enrich.Samples.answerWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.enrich.Fault;
import io.caravan.hub.enrich.Samples;
import io.caravan.hub.enrich.listing.ProductFacts;
import io.caravan.hub.model.trend.Trend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdeaJudgeTest {

    private static final IdeaRules RULES = IdeaRules.defaults().forProduct(ProductFacts.defaults());
    private static final Trend CAT_MOM = Samples.trend("cat mom");

    static Stream<String> injections() {
        return Injections.texts();
    }

    @Provide
    Arbitrary<Map<String, Object>> answers() {
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                Samples.anyText(200).map(text -> (Object) text),
                Arbitraries.integers().map(number -> (Object) number),
                Arbitraries.just((Object) Map.of("a", List.of())),
                Samples.anyText(40).list().ofMaxSize(25).map(list -> (Object) list),
                Arbitraries.just((Object) Arrays.asList("cat tag", null, 7)));
        return Arbitraries.maps(
                        Arbitraries.of("headline", "motif", "style", "audience", "story", "tags", "price", ""), leaf)
                .map(HashMap::new);
    }

    @Test
    void shouldLetAGoodAnswerPassAsItIs() {
        Verdict verdict = IdeaJudge.judge(answer(), CAT_MOM, RULES);

        assertThat(verdict).isEqualTo(new Verdict.Pass(Samples.idea()));
        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.faults()).isEmpty();
    }

    @Test
    void shouldMendWhiteSpaceAlone() {
        Verdict verdict =
                IdeaJudge.judge(answerWith("headline", "  Moonlit \n Cat Mom\u00A0With Coffee "), CAT_MOM, RULES);

        assertThat(verdict).isEqualTo(new Verdict.Pass(Samples.idea()));
    }

    @ParameterizedTest
    @MethodSource("injections")
    void shouldRefuseForeignTextInEveryField(String text) {
        for (String field : List.of("headline", "motif", "style", "audience", "story")) {
            String padded = "A cat mom rests on the moon and dreams of a long and quiet weekend. " + text;
            assertThat(IdeaJudge.judge(answerWith(field, padded), CAT_MOM, RULES)
                            .faults())
                    .as(field)
                    .extracting(Fault::field, Fault::what)
                    .anyMatch(tuple -> tuple.toList().get(0).equals(field)
                            && !tuple.toList().get(1).toString().endsWith(" characters"));
        }
        List<String> tags = new ArrayList<>(Samples.idea().tags());
        tags.set(2, text);
        assertThat(IdeaJudge.judge(answerWith("tags", tags), CAT_MOM, RULES).faults())
                .extracting(Fault::field)
                .contains("tags[2]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "headline | Cat",
                "motif | A cat.",
                "style | ink",
                "audience | us",
                "story | A cat mom story.",
            })
    void shouldRefuseWhatIsTooShort(String field, String text) {
        assertFault(answerWith(field, text), field, "characters");
    }

    @Test
    void shouldRefuseWhatIsTooLongWithoutReadingOn() {
        assertThat(IdeaJudge.judge(answerWith("headline", "<cat> ".repeat(500_000)), CAT_MOM, RULES)
                        .faults())
                .containsExactly(new Fault("headline", "has 2999999 characters", "write 8 to 120 characters"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "an emoji 🐱 cat | U+1F431",
                "a registered® cat | U+00AE",
                "a cat\u202Etac | U+202E",
                "a cat\u200Bmom | U+200B",
                "a cat\u0007mom | U+0007",
                "a cat\uE000mom | U+E000",
            })
    void shouldRefuseCharactersThatAreNotText(String text, String named) {
        assertFault(answerWith("motif", text + " resting on a quiet moon"), "motif", named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nike", "n i k e", "NÏKE", "Dis ney", "HarryPotter", "p0kemon", "Тaylor Ѕwift"})
    void shouldRefuseTrademarks(String word) {
        assertFault(answerWith("motif", "A cat mom with a " + word + " hat under the moon"), "motif", "trademark");
    }

    @Test
    void shouldRefuseBannedWords() {
        assertFault(answerWith("story", Samples.idea().story() + " No n.a.z.i here."), "story", "banned");
    }

    @Test
    void shouldTakeHandDrawnForAStyleAndNotForAClaim() {
        Map<String, Object> answer = answerWith("style", "hand drawn and handmade looking ink lines");
        assertThat(IdeaJudge.judge(answer, CAT_MOM, RULES).passed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "official",
                "officially licensed",
                "ORGANIC cotton",
                "hand-made",
                "handmade by nuns",
                "eco-friendly",
                "made in Italy",
                "guaranteed"
            })
    void shouldRefuseClaimsThatAreNotFacts(String claim) {
        assertFault(answerWith("story", Samples.idea().story() + " It is " + claim + "."), "story", "facts");
    }

    @Test
    void shouldAllowAClaimThatTheProductsFactsHold() {
        Map<String, Object> answer = answerWith("story", Samples.idea().story() + " It is 100% cotton.");

        assertThat(IdeaJudge.judge(answer, CAT_MOM, RULES).passed()).isTrue();
        assertFault(answer, IdeaRules.defaults(), CAT_MOM, "story", "facts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"catmom", "#CatMoms", "cats", "moonlit nights", "sleepy cup", "CAT MOM SHIRT"})
    void shouldSeeThatTheIdeaIsAboutTheTrend(String keyword) {
        assertThat(IdeaJudge.judge(answer(), Samples.trend(keyword), RULES).passed())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dinosaur", "the and for", "dog dad", "猫", "ear"})
    void shouldRefuseAnIdeaAboutSomethingElse(String keyword) {
        assertFault(answer(), RULES, Samples.trend(keyword), "motif", "nothing to do with the trend");
    }

    @Test
    void shouldSeeTheTrendInScriptsWithoutSpaces() {
        Map<String, Object> answer = answerWith("motif", "三日月の下で眠る黒猫好きのためのデザイン、静かな夜と温かいカップ");

        assertThat(IdeaJudge.judge(answer, Samples.trend("黒猫カフェ"), RULES).passed())
                .isTrue();
    }

    @Test
    void shouldNameEachMissingFieldAndEachWrongType() {
        Map<String, Object> answer = answer();
        answer.remove("motif");
        answer.put("headline", 7);
        answer.put("tags", "cat, mom");
        answer.put("price", 1);

        assertThat(IdeaJudge.judge(answer, CAT_MOM, RULES).faults())
                .extracting(Fault::field, Fault::what)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("answer", "has a field that was not asked for"),
                        org.assertj.core.groups.Tuple.tuple("headline", "is not text"),
                        org.assertj.core.groups.Tuple.tuple("motif", "is missing"),
                        org.assertj.core.groups.Tuple.tuple("tags", "is not a list"));
    }

    @Test
    void shouldRefuseTooFewAndTooManyTags() {
        assertFault(answerWith("tags", List.of("cat mom")), "tags", "has 1 entries");
        assertFault(
                answerWith(
                        "tags",
                        IntStream.range(0, 21).mapToObj(i -> "cat tag " + i).toList()),
                "tags",
                "has 21 entries");
        assertFault(answerWith("tags", Arrays.asList("cat one", null, "cat two", 3, "x")), "tags[1]", "is missing");
    }

    @Property
    void shouldNeverThrowAndNeverPassWhatIsIncomplete(@ForAll("answers") Map<String, Object> answer) {
        Verdict verdict = IdeaJudge.judge(answer, CAT_MOM, RULES);

        assertThat(verdict.passed()).isEqualTo(verdict.faults().isEmpty());
        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.faults()).hasSizeLessThanOrEqualTo(30).allSatisfy(fault -> {
            assertThat(fault.field()).isNotBlank();
            assertThat(fault.hint()).isNotBlank();
        });
    }

    private static void assertFault(Map<String, Object> answer, String field, String what) {
        assertFault(answer, RULES, CAT_MOM, field, what);
    }

    private static void assertFault(
            Map<String, Object> answer, IdeaRules rules, Trend trend, String field, String what) {
        assertThat(IdeaJudge.judge(answer, trend, rules).faults()).anySatisfy(fault -> {
            assertThat(fault.field()).isEqualTo(field);
            assertThat(fault.what()).contains(what);
        });
    }
}

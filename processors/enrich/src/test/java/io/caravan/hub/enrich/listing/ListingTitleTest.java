package io.caravan.hub.enrich.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.enrich.Samples;
import io.caravan.hub.enrich.text.Fold;
import io.caravan.hub.model.idea.Idea;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingTitleTest {

    /** The marketplace's own rule, written again here so that the test does not share a mistake with the code. */
    private static final Pattern REFUSED = Pattern.compile("[^\\p{L}\\p{Nd}\\p{P}\\p{Sm}\\p{Zs}™©®]");

    private static final ListingRules RULES = ListingRules.defaults();
    private static final ProductFacts TEE = ProductFacts.defaults();

    @Provide
    Arbitrary<String> texts() {
        return Samples.anyVisibleText(120);
    }

    @Provide
    Arbitrary<List<String>> tags() {
        return Samples.anyText(40).list().ofMaxSize(20);
    }

    @Test
    void shouldBeginWithTheHeadlineAndAddWhatIsNew() {
        Idea idea = new Idea(
                Samples.idea().headline(),
                "m",
                "s",
                "a",
                "s",
                List.of("cat mom shirt", "funny cat morning gift", "gift for", "sleepy cat"));

        assertThat(ListingTitle.of(idea, Samples.trend("cat mom"), TEE, RULES))
                .isEqualTo("Moonlit Cat Mom With Coffee, T-Shirt, Funny Morning Gift");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cats & Dogs & Birds | Cats Dogs Birds",
                "BEST CAT MOM EVER | BEST Cat Mom Ever",
                "100% cat, 50% dog: fun: yes | 100% Cat 50 Dog Fun Yes",
                "cat cat CAT Cat's | Cat Cat's",
                "🐱 cat🐱 lover 🐱 | Cat Lover",
                "ﬂuffy ＣＡＴ™ | Fluffy CAT",
                "\"Cat\" (mom)! #1 | Cat Mom 1",
                "cafe\u0301 चाय cat | Café Cat",
                "<b>cat</b> $5 cat+dog+bird | Bcat/b 5 Cat+dogbird",
                "猫 好き | 猫 好き",
            })
    void shouldMendTheHeadline(String headline, String title) {
        assertThat(titleOf(headline)).isEqualTo(title);
    }

    @Test
    void shouldLeaveOutWhatDoesNotFitInsteadOfCuttingIt() {
        Idea idea = new Idea(
                "wonderful ".repeat(2) + "x".repeat(60), "m", "s", "a", "s", List.of("y".repeat(70), "z".repeat(54)));

        assertThat(ListingTitle.of(idea, Samples.trend("cat"), TEE, RULES))
                .isEqualTo("Wonderful X" + "x".repeat(59) + ", T-Shirt, Cat, Z" + "z".repeat(53))
                .hasSize(140);
    }

    @Test
    void shouldTakeAPhraseWholeOrNotAtAll() {
        Idea idea = new Idea("x".repeat(80), "m", "s", "a", "s", List.of("funny gift " + "y".repeat(60)));

        assertThat(ListingTitle.of(idea, Samples.trend("🐱"), TEE, RULES))
                .isEqualTo("X" + "x".repeat(79) + ", T-Shirt");
    }

    @Test
    void shouldEndAHeadlineThatGrowsWhenItIsFoldedAtAWholeWord() {
        // one character that folds to eight letters and more in four words
        Idea idea = new Idea("\uFDFA ".repeat(3) + "\uFDFB ".repeat(50), "m", "s", "a", "s", List.of());

        String title = ListingTitle.of(idea, Samples.trend("cat"), TEE, RULES);

        assertThat(title).startsWith("صلى الله عليه وسلم جل جلاله").hasSizeLessThanOrEqualTo(140);
    }

    @Test
    void shouldLeaveTrademarksOut() {
        Idea idea = new Idea("Nike cat mom", "m", "s", "a", "s", List.of("disney cat"));

        assertThat(ListingTitle.of(idea, Samples.trend("harry potter"), TEE, RULES))
                .isEqualTo("Cat Mom, T-Shirt");
    }

    @Test
    void shouldFallBackToTheProductWhenNothingCanBeWritten() {
        assertThat(ListingTitle.of(new Idea("🐱", "m", "s", "a", "s", List.of()), Samples.trend("🐱"), TEE, RULES))
                .isEqualTo("T-Shirt");
    }

    @Property
    void shouldKeepEveryLimitForAnyText(
            @ForAll("texts") String headline, @ForAll("texts") String keyword, @ForAll("tags") List<String> tags) {
        Idea idea = new Idea(headline, "motif", "style", "audience", "story", tags);
        String title = ListingTitle.of(idea, Samples.trend(keyword), TEE, RULES);

        assertThat(title).isNotBlank().hasSizeLessThanOrEqualTo(140).isEqualTo(title.strip());
        assertThat(REFUSED.matcher(title).find()).as(title).isFalse();
        for (String sign : List.of("%", ":", "&", "+")) {
            assertThat(title.split(Pattern.quote(sign), -1)).hasSizeLessThanOrEqualTo(2);
        }
        List<String> words =
                Arrays.stream(title.split("(?:, )| ")).map(Fold::key).toList();
        assertThat(words).doesNotHaveDuplicates().doesNotContain("");
        assertThat(Arrays.stream(title.split("(?:, )| ")).filter(ListingTitle::isCapitals))
                .hasSizeLessThanOrEqualTo(1);
    }

    private static String titleOf(String headline) {
        ProductFacts product = new ProductFacts("n", "🐱", List.of(), List.of("f"), List.of(), "", "p", "X");
        return ListingTitle.of(new Idea(headline, "m", "s", "a", "s", List.of()), Samples.trend("🐱"), product, RULES);
    }
}

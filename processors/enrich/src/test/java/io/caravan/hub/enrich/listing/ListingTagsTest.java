package io.caravan.hub.enrich.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.enrich.Samples;
import io.caravan.hub.enrich.text.Fold;
import io.caravan.hub.enrich.text.Terms;
import io.caravan.hub.model.idea.Idea;
import io.caravan.hub.model.trend.Trend;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingTagsTest {

    /** The marketplace's own rule, written again here so that the test does not share a mistake with the code. */
    private static final Pattern REFUSED = Pattern.compile("[^\\p{L}\\p{Nd}\\p{Zs}\\-'™©®]");

    private static final ListingRules RULES = ListingRules.defaults();
    private static final ProductFacts TEE = ProductFacts.defaults();

    @Provide
    Arbitrary<String> texts() {
        return Samples.anyVisibleText(100);
    }

    @Provide
    Arbitrary<List<String>> tags() {
        return Samples.anyText(60).list().ofMaxSize(20);
    }

    @Test
    void shouldFillUpFromTheTrendTheProductAndTheAudience() {
        List<String> tags = ListingTags.of(Samples.idea(), Samples.trend("cat mom"), TEE, RULES);

        assertThat(tags)
                .containsExactly(
                        "cat mom shirt",
                        "coffee cat",
                        "moon cat",
                        "sleepy cat",
                        "cat lover",
                        "cat mom",
                        "cat mom t-shirt",
                        "graphic tee",
                        "unisex tee",
                        "gift shirt",
                        "cat lovers gift",
                        "cat lovers shirt",
                        "cat lovers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Funny Cat Mom Shirt Gift | funny cat mom shirt",
                "a gift for the cat | gift for the cat",
                "gift for mom with a cat | gift for mom",
                "cat/mom & dog | cat mom dog",
                "Dad’s cat!! | dad's cat",
                "-cat- 'mom' | cat mom",
                "🐱cat mom🐱 | cat mom",
                "CAT™ MOM® | cat mom",
            })
    void shouldMendATag(String raw, String tag) {
        assertThat(first(raw)).isEqualTo(tag);
    }

    @Test
    void shouldPutPhrasesBeforeWords() {
        Idea idea = new Idea("Headline", "m", "s", "us", "s", List.of("cat", "moon", "cat moon"));

        List<String> tags = ListingTags.of(idea, Samples.trend("🐱"), TEE, RULES);

        assertThat(tags.get(0)).isEqualTo("cat moon");
        assertThat(tags).contains("cat", "moon").doesNotHaveDuplicates();
        assertThat(tags.indexOf("cat")).isGreaterThan(tags.indexOf("graphic tee"));
    }

    @Test
    void shouldNotRepeatATagInAnotherSpelling() {
        Idea idea = new Idea("h", "m", "s", "us", "s", List.of("cat mom", "Cat-Mom", "CATMOM", "cat  mom"));

        assertThat(ListingTags.of(idea, Samples.trend("#CatMom"), TEE, RULES))
                .filteredOn(tag -> Fold.key(tag).equals("catmom"))
                .containsExactly("cat mom");
    }

    @Test
    void shouldNotMakeATagOfALetterOrANumber() {
        Idea idea = new Idea("x 7 y", "m", "s", "us", "s", List.of("a", "b", "2026", "猫"));

        assertThat(ListingTags.of(idea, Samples.trend("🐱"), TEE, RULES))
                .contains("猫", "x 7")
                .doesNotContain("x", "y", "b", "7", "2026");
    }

    @Test
    void shouldLeaveTrademarksOut() {
        Idea idea = new Idea("Nike shoes", "m", "s", "disney fans", "s", List.of("nike cat", "n i k e cat"));

        assertThat(ListingTags.of(idea, Samples.trend("star wars"), TEE, RULES))
                .noneMatch(Terms.of(RULES.words().trademarks())::in);
    }

    @Property
    void shouldKeepEveryLimitForAnyText(
            @ForAll("texts") String headline,
            @ForAll("texts") String audience,
            @ForAll("texts") String keyword,
            @ForAll("tags") List<String> proposals) {
        Idea idea = new Idea(headline, "motif", "style", audience, "story", proposals);
        Trend trend = Samples.trend(keyword);

        List<String> tags = ListingTags.of(idea, trend, TEE, RULES);

        assertThat(tags).hasSizeBetween(1, 13).allSatisfy(tag -> {
            assertThat(tag).isNotBlank().hasSizeLessThanOrEqualTo(20).isEqualTo(tag.strip());
            assertThat(REFUSED.matcher(tag).find()).as(tag).isFalse();
        });
        assertThat(tags.stream().map(Fold::key)).doesNotHaveDuplicates();
    }

    private static String first(String raw) {
        Idea idea = new Idea("h", "m", "s", "us", "s", List.of(raw));
        return ListingTags.of(idea, Samples.trend("🐱"), TEE, RULES).get(0);
    }
}

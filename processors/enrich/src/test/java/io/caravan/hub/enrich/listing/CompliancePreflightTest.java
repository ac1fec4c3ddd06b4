package io.caravan.hub.enrich.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.enrich.Fault;
import io.caravan.hub.enrich.Samples;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.idea.Idea;
import io.caravan.hub.model.listing.Offer;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompliancePreflightTest {

    private static final ListingRules RULES = ListingRules.defaults();
    private static final String LISTING = Refs.of("acme", "listing", "i1");
    private static final String SHA = "ab".repeat(32);
    private static final ListingSettings SETTINGS =
            new ListingSettings("i_did", "made_to_order", false, List.of("77"), "11", "22", "482");
    private static final Offer OFFER = offer(Samples.idea(), "cat mom");

    @Provide
    Arbitrary<String> texts() {
        return Samples.anyVisibleText(100);
    }

    @Test
    void shouldComposeAnOfferThatMayGoOut() {
        assertThat(CompliancePreflight.check(OFFER, SETTINGS, RULES)).isEmpty();
        assertThat(OFFER.sku()).isEqualTo("TEE-" + LISTING).hasSizeLessThanOrEqualTo(32);
        assertThat(OFFER.imageAlt()).isEqualTo(Samples.idea().motif());
        assertThat(OFFER.listingId()).isEqualTo(LISTING);
        assertThat(OFFER.price()).isEqualTo(Money.of(2299, "USD"));
    }

    @Property(tries = 300)
    void shouldComposeContentWithoutAFaultFromAnyText(
            @ForAll("texts") String headline, @ForAll("texts") String audience, @ForAll("texts") String keyword) {
        Idea idea = new Idea(headline, headline, "style", audience, headline, List.of(audience, keyword));

        assertThat(CompliancePreflight.check(offer(idea, keyword), SETTINGS, RULES))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | title | is empty",
                "cat 🐱 mom | title | U+1F431",
                "a & b & c | title | more than once",
                "1:2:3 | title | more than once",
                "BIG CAT mom | title | words in capitals",
                "cat in Nike shoes | title | trademark",
                "suicide cat | title | banned",
            })
    void shouldNameWhatIsWrongWithATitle(String title, String field, String what) {
        assertFault(draft(title, OFFER.description(), OFFER.tags(), OFFER.price(), SHA), field, what);
    }

    @Test
    void shouldNameWhatIsWrongWithTheRestOfTheContent() {
        String description = OFFER.description();
        assertFault(draft("t".repeat(141), description, OFFER.tags(), OFFER.price(), SHA), "title", "141");
        assertFault(draft("t", description, List.of(), OFFER.price(), SHA), "tags", "is empty");
        assertFault(
                draft(
                        "t",
                        description,
                        IntStream.range(0, 14).mapToObj(i -> "tag " + i).toList(),
                        OFFER.price(),
                        SHA),
                "tags",
                "14 entries");
        assertFault(tags("cat", "x".repeat(21)), "tags[1]", "21 characters");
        assertFault(tags("cat mom", "Cat-Mom"), "tags[1]", "repeats");
        assertFault(tags("cat & mom"), "tags[0]", "U+0026");
        assertFault(tags(" "), "tags[0]", "is empty");
        assertFault(tags("n i k e"), "tags[0]", "trademark");
        assertFault(draft("t", "Only a story.", OFFER.tags(), OFFER.price(), SHA), "description", "AI");
        assertFault(draft("t", "", OFFER.tags(), OFFER.price(), SHA), "description", "is empty");
        assertFault(draft("t", "x".repeat(10_001), OFFER.tags(), OFFER.price(), SHA), "description", "10001");
        assertFault(draft("t", description + " Disney", OFFER.tags(), OFFER.price(), SHA), "description", "trademark");
        assertFault(draft("t", description, OFFER.tags(), null, SHA), "price", "is missing");
        assertFault(draft("t", description, OFFER.tags(), Money.of(0, "USD"), SHA), "price", "not more than 0");
        assertFault(draft("t", description, OFFER.tags(), OFFER.price(), ""), "image", "is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | made_to_order | false | 77 | 1 | 2 | 3 | who_made",
                "someone_else | made_to_order | false | 77 | 1 | 2 | 3 | who_made",
                "i_did | '' | false | 77 | 1 | 2 | 3 | when_made",
                "i_did | 2020_2025 | false | 77 | 1 | 2 | 3 | when_made",
                "i_did | made_to_order | true | 77 | 1 | 2 | 3 | is_supply",
                "i_did | made_to_order | false | '' | 1 | 2 | 3 | production_partner",
                "i_did | made_to_order | false | 77 | '' | 2 | 3 | shipping_profile",
                "i_did | made_to_order | false | 77 | 1 | '' | 3 | readiness_state",
                "i_did | made_to_order | false | 77 | 1 | 2 | '' | taxonomy",
            })
    void shouldNameTheSettingThatIsMissingOrWrong(
            String who,
            String when,
            boolean supply,
            String partner,
            String shipping,
            String readiness,
            String taxonomy,
            String field) {
        ListingSettings settings = new ListingSettings(
                who, when, supply, Collections.singletonList(partner), shipping, readiness, taxonomy);

        List<Fault> faults = CompliancePreflight.check(OFFER, settings, RULES);

        assertThat(faults).isNotEmpty().extracting(Fault::field).containsOnly(field);
        assertThat(faults).allSatisfy(fault -> assertThat(fault.hint()).isNotBlank());
    }

    @Test
    void shouldNameAllFaultsAtOnce() {
        assertThat(CompliancePreflight.check(
                        draft("", "", List.of(), null, ""),
                        new ListingSettings("", "", false, List.of(), "", "", ""),
                        RULES))
                .extracting(Fault::field)
                .containsExactly(
                        "title",
                        "tags",
                        "description",
                        "description",
                        "price",
                        "image",
                        "who_made",
                        "when_made",
                        "production_partner",
                        "shipping_profile",
                        "readiness_state",
                        "taxonomy");
    }

    private static void assertFault(ListingDraft draft, String field, String what) {
        assertThat(CompliancePreflight.check(draft, SETTINGS, RULES)).anySatisfy(fault -> {
            assertThat(fault.field()).isEqualTo(field);
            assertThat(fault.what()).contains(what);
        });
    }

    private static ListingDraft tags(String... tags) {
        return draft("t", OFFER.description(), List.of(tags), OFFER.price(), SHA);
    }

    private static ListingDraft draft(
            String title, String description, List<String> tags, @Nullable Money price, String image) {
        return new ListingDraft(title, description, tags, price, image);
    }

    private static Offer offer(Idea idea, String keyword) {
        Money price = PriceCalculator.price(Money.of(1250, "USD"), PricingRules.defaults())
                .price();
        return OfferComposer.compose(LISTING, idea, Samples.trend(keyword), ProductFacts.defaults(), SHA, price, RULES);
    }
}

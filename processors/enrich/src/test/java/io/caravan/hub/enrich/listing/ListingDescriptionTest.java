package io.caravan.hub.enrich.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.enrich.Samples;
import io.caravan.hub.model.idea.Idea;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ListingDescriptionTest {

    private static final ListingRules RULES = ListingRules.defaults();

    @Provide
    Arbitrary<String> texts() {
        return Samples.anyVisibleText(2_000);
    }

    @Test
    void shouldTellTheStoryTheFactsAndWhatMustBeSaid() {
        assertThat(ListingDescription.of(Samples.idea(), ProductFacts.defaults(), RULES))
                .isEqualTo("""
                        For everyone whose morning begins with a purr. The design shows a calm night and a warm cup, drawn with few lines so that it reads from afar.

                        The product
                        - Unisex heavy cotton tee
                        - Classic unisex fit
                        - Medium weight fabric
                        - Printed to order
                        - 100% cotton

                        Care
                        Machine wash cold, inside out. Tumble dry low.

                        The design was made with the help of AI tools after our own idea, and checked by us.

                        Designed by us, printed and shipped by our production partner Printify.""");
    }

    @Test
    void shouldCutTheFactsRatherThanTheDisclosure() {
        ProductFacts large = new ProductFacts(
                "n".repeat(200),
                "T-Shirt",
                List.of(),
                Collections.nCopies(30, "f".repeat(200)),
                Collections.nCopies(20, "m".repeat(100)),
                "c".repeat(1_000),
                "Partner",
                "X");
        Idea idea = new Idea("h", "m", "s", "a", "word ".repeat(400).strip(), List.of());

        String description = ListingDescription.of(idea, large, RULES);

        assertThat(description)
                .hasSizeBetween(9_000, 10_000)
                .contains(RULES.aiDisclosure())
                .endsWith("Partner.");
    }

    @Property(tries = 200)
    void shouldAlwaysDiscloseAndNeverHoldATag(@ForAll("texts") String story) {
        String description =
                ListingDescription.of(new Idea("h", "m", "s", "a", story, List.of()), ProductFacts.defaults(), RULES);

        assertThat(description)
                .contains(RULES.aiDisclosure())
                .contains("Printify")
                .doesNotContain("<", ">")
                .hasSizeLessThanOrEqualTo(10_000);
    }
}

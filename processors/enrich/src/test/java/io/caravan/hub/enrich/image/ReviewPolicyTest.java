package io.caravan.hub.enrich.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReviewPolicyTest {

    private static final Finding GOOD = new Finding("size", true, "large");
    private static final Finding BAD = new Finding("size", false, "small");

    @ParameterizedTest
    @CsvSource({
        "true,  CLEAN,   true,  0, 60, ''",
        "true,  CLEAN,   true,  0, 59, score",
        "true,  CLEAN,   true,  1, 90, duplicate",
        "true,  CLEAN,   false, 0, 90, size",
        "true,  FLAGGED, true,  0, 90, moderation",
        "true,  NOT_RUN, true,  0, 90, moderation",
        "false, CLEAN,   true,  0, 90, policy",
    })
    void shouldApproveOnlyWhatNothingSpeaksAgainst(
            boolean auto, Moderation moderation, boolean size, int similar, int score, String objection) {
        ReviewCase picture = new ReviewCase(
                List.of(size ? GOOD : BAD),
                moderation,
                moderation == Moderation.FLAGGED ? List.of("violence") : List.of(),
                similar == 0 ? List.of() : List.of("img1"),
                score);

        Decision decision = ReviewPolicy.decide(picture, rules(auto));

        assertThat(decision.approved()).isEqualTo(objection.isEmpty());
        assertThat(decision.findings())
                .filteredOn(finding -> !finding.good())
                .extracting(Finding::code)
                .isEqualTo(objection.isEmpty() ? List.of() : List.of(objection));
        assertThat(decision.findings())
                .extracting(Finding::code)
                .containsExactlyInAnyOrder("size", "moderation", "duplicate", "score", "policy");
    }

    @Test
    void shouldPutObjectionsFirstAndSayWhatTheyAre() {
        Decision decision = ReviewPolicy.decide(
                new ReviewCase(List.of(GOOD), Moderation.CLEAN, List.of("violence"), List.of("img1", "img2"), 90),
                rules(true));

        assertThat(decision.findings().subList(0, 2))
                .extracting(Finding::text)
                .containsExactly("moderation flagged violence", "looks like img1, img2");
    }

    @Test
    void shouldNotApproveAPictureThatNobodyMeasured() {
        ReviewCase unseen = new ReviewCase(List.of(), Moderation.CLEAN, List.of(), List.of(), 100);

        assertThat(ReviewPolicy.decide(unseen, rules(true)).approved()).isFalse();
    }

    @Test
    void shouldWaitForAPersonByDefault() {
        ReviewCase perfect = new ReviewCase(List.of(GOOD), Moderation.CLEAN, List.of(), List.of(), 100);

        assertThat(ReviewPolicy.decide(perfect, ImageRules.defaults()).approved())
                .isFalse();
    }

    private static ImageRules rules(boolean auto) {
        ImageRules rules = ImageRules.defaults();
        return new ImageRules(
                rules.template(),
                rules.size(),
                rules.quality(),
                rules.background(),
                rules.checks(),
                new ImageRules.Review(auto, 60, 6),
                rules.words());
    }
}

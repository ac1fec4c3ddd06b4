package io.caravan.hub.enrich.image;

import java.util.List;
import java.util.Locale;

/** Whether a picture can be printed at all, as lines for the reviewer. */
public final class ImageChecks {

    private ImageChecks() {}

    /** Four findings, good or not: {@code size}, {@code aspect}, {@code visible}, {@code content}. */
    public static List<Finding> check(ImageFacts facts, ImageRules rules) {
        ImageRules.Checking limits = rules.checks();
        int shorter = Math.min(facts.width(), facts.height());
        int longer = Math.max(facts.width(), facts.height());
        double aspect = (double) longer / shorter;
        boolean flat = facts.colours() < limits.minColours() && facts.contrast() < limits.minContrast();
        return List.of(
                new Finding(
                        "size",
                        shorter >= limits.minSide(),
                        facts.width() + " by " + facts.height() + " pixels, at least " + limits.minSide()
                                + " on the shorter side are needed"),
                new Finding(
                        "aspect",
                        aspect <= limits.maxAspect(),
                        text("%.2f times as long as wide, at most %.2f", aspect, limits.maxAspect())),
                new Finding(
                        "visible",
                        facts.visibleShare() * 100 >= limits.minVisiblePercent(),
                        text(
                                "%.1f%% of the picture is not transparent, at least %d%% are needed",
                                facts.visibleShare() * 100, limits.minVisiblePercent())),
                new Finding(
                        "content",
                        !flat,
                        flat
                                ? "one flat colour: nothing is drawn"
                                : text("%d colours, contrast %.0f", facts.colours(), facts.contrast())));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}

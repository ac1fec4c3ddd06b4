package io.caravan.hub.enrich.image;

import io.caravan.hub.enrich.text.WordRules;
import io.caravan.hub.model.Checks;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How pictures are asked for and reviewed: {@code images.yaml}.
 *
 * @param template the prompt, with the placeholders {@code {{motif}}}, {@code {{style}}} and {@code {{audience}}}
 * @param size {@code 1024x1024}, {@code 1024x1536} or {@code 1536x1024}
 * @param quality {@code low}, {@code medium} or {@code high}
 * @param background {@code transparent} or {@code opaque}
 */
public record ImageRules(
        String template,
        String size,
        String quality,
        String background,
        Checking checks,
        Review review,
        WordRules words) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^}]*)}}");

    public ImageRules {
        Checks.text("template", template, 2_000);
        oneOf("size", size, Set.of("1024x1024", "1024x1536", "1536x1024"));
        oneOf("quality", quality, Set.of("low", "medium", "high"));
        oneOf("background", background, Set.of("transparent", "opaque"));
        if (!template.contains("{{motif}}")) {
            throw new IllegalArgumentException("template must name {{motif}}");
        }
        PLACEHOLDER
                .matcher(template)
                .results()
                .forEach(found ->
                        oneOf("placeholder of template", found.group(1), Set.of("motif", "style", "audience")));
    }

    /**
     * @param minSide shorter side in pixels; default 1024
     * @param maxAspect longer side divided by the shorter; default 1.6
     * @param minVisiblePercent pixels that are not transparent; default 2
     * @param minColours different colours in steps of 32; with fewer and without contrast it is flat; default 9
     * @param minContrast spread of brightness, 0 to 255; default 12
     */
    public record Checking(int minSide, double maxAspect, int minVisiblePercent, int minColours, int minContrast) {

        public Checking {
            Checks.within("checks.min_side", minSide, 1, 20_000);
            Checks.within("checks.min_visible_percent", minVisiblePercent, 0, 100);
            Checks.within("checks.min_colours", minColours, 1, 512);
            Checks.within("checks.min_contrast", minContrast, 0, 255);
            if (!(maxAspect >= 1)) {
                throw new IllegalArgumentException("checks.max_aspect must be at least 1");
            }
        }
    }

    /**
     * @param autoApprove whether a picture without any objection needs no person; default false
     * @param minScore of the trend, for approval without a person; default 60
     * @param maxDistance bits by which two pictures may differ and still count as the same; default 6 of 64
     */
    public record Review(boolean autoApprove, int minScore, int maxDistance) {

        public Review {
            Checks.within("review.min_score", minScore, 0, 100);
            Checks.within("review.max_distance", maxDistance, 0, 64);
        }
    }

    private static void oneOf(String field, String value, Set<String> allowed) {
        if (!allowed.contains(value)) {
            throw new IllegalArgumentException(
                    field + " must be one of " + allowed.stream().sorted().toList() + ", is " + value);
        }
    }

    public static ImageRules defaults() {
        return new ImageRules(
                "{{motif}} Drawn as: {{style}}. One centred design for printing on fabric, clean edges, strong contrast,"
                        + " nothing cut off at the border. No text, no letters, no watermark, no logo, no signature,"
                        + " no real person, no mock-up of a product.",
                "1024x1024",
                "medium",
                "transparent",
                new Checking(1_024, 1.6, 2, 9, 12),
                new Review(false, 60, 6),
                WordRules.defaults());
    }
}

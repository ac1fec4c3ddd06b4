package io.caravan.hub.connectors.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jsoup.nodes.Entities;
import org.junit.jupiter.api.Test;

class VendorTextTest {

    private static final String OURS =
            "Don\u2019t panic \u2014 \u201ccaf\u00e9\u201d & <cr\u00e8me> 5\u202f\u20ac \ud83d\udc08 \"q\" ?a=1&copy=2";

    @Test
    void shouldKnowItsOwnTextHoweverAVendorSpellsIt() {
        String named = OURS.replace("&", "&amp;")
                .replace("\u2019", "&rsquo;")
                .replace("\u2014", "&mdash;")
                .replace("\u201c", "&ldquo;")
                .replace("\u201d", "&#8221;")
                .replace("\u00e9", "&eacute;")
                .replace("\"", "&#x22;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
        assertThat(named).contains("&amp;copy=2");
        for (String theirs : new String[] {
            OURS,
            named,
            Entities.escape(OURS),
            java.text.Normalizer.normalize(OURS, java.text.Normalizer.Form.NFD),
            "\u00a0" + OURS.replace(" ", "&nbsp;\r\n") + "\u2003"
        }) {
            assertThat(VendorText.same(OURS, theirs)).as(theirs).isTrue();
        }
    }

    @Test
    void shouldKnowATextInWhichAnEntityIsMeantAsText() {
        assertThat(VendorText.same("write &amp; for an ampersand", "write &amp;amp; for an ampersand"))
                .isTrue();
        assertThat(VendorText.same("Tom &amp; Jerry", "Tom &amp; Jerry")).isTrue();
        assertThat(VendorText.same("Tom &amp; Jerry", "Tom & Jerry")).isTrue();
    }

    @Test
    void shouldTellOtherTextsApart() {
        Map.of("Cat mug", "Cat mugs", "cat mug", "Cat mug", "a b", "ab", "x", "")
                .forEach((ours, theirs) ->
                        assertThat(VendorText.same(ours, theirs)).as(ours).isFalse());
    }

    @Test
    void shouldReadOneLine() {
        assertThat(VendorText.plain(" &lt;b&gt;\n R&amp;B \t&#39;s &unknown; ")).isEqualTo("<b> R&B 's &unknown;");
    }
}

package io.caravan.hub.enrich.product;

import io.caravan.hub.model.supplier.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;
import org.jsoup.select.Elements;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/**
 * Suppliers' HTML made safe: a few tags for structure, not one attribute, so nothing loads, runs, links or styles. Text is
 * kept, except addresses.
 */
final class DescriptionCleaner {

    /** What {@code Product.description_html} takes. */
    static final int MAX = 60_000;

    private static final String[] STRUCTURE = {
        "div",
        "p",
        "br",
        "b",
        "strong",
        "i",
        "em",
        "u",
        "ul",
        "ol",
        "li",
        "h2",
        "h3",
        "h4",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "blockquote",
        "dl",
        "dt",
        "dd"
    };
    /** Their text is no text for people. */
    private static final Evaluator ACTIVE =
            Selector.evaluatorOf("script,style,template,noscript,title,textarea,select,button,svg,math,iframe,"
                    + "object,embed,applet,form input,xmp,plaintext,noembed,noframes,head");

    private static final Evaluator FILMS = Selector.evaluatorOf("img,picture,video,audio");
    private static final Evaluator LINKS = Selector.evaluatorOf("a[href]");
    private static final Evaluator TITLES = Selector.evaluatorOf("h1");
    /** What is a line of its own there stays one here. */
    private static final Evaluator BLOCKS = Selector.evaluatorOf("section,article,center,figure");

    private static final Safelist SAFE = Safelist.none().addTags(STRUCTURE);

    private final List<String> hosts;

    DescriptionCleaner(ImportRules rules) {
        this.hosts = rules.supplierHosts().stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList();
    }

    /**
     * @param losses filled with what was dropped, counted
     * @return safe HTML, at most {@link #MAX} characters, possibly empty
     */
    String clean(String html, List<Loss> losses) {
        if (html.isBlank()) {
            return "";
        }
        Document dirty = Jsoup.parseBodyFragment(html);
        lost(losses, dirty.select(FILMS), "pictures and films of the supplier are not hot-linked");
        lost(losses, dirty.select(LINKS), "links are not carried, their text is");
        Elements active = dirty.body().select(ACTIVE);
        lost(losses, active, "scripts, styles and forms are not carried");
        active.remove();
        dirty.select(TITLES).tagName("h2");
        dirty.select(BLOCKS).tagName("div");
        Document clean = new Cleaner(SAFE).clean(dirty);
        clean.outputSettings().prettyPrint(false);
        withoutAddresses(clean.body(), losses);
        withoutEmpty(clean.body());
        return cut(clean.body(), losses);
    }

    private static void lost(List<Loss> losses, Elements elements, String why) {
        if (!elements.isEmpty()) {
            losses.add(Loss.dropped("description_html", elements.size() + " elements: " + why));
        }
    }

    private void withoutAddresses(Element body, List<Loss> losses) {
        int[] dropped = {0};
        for (TextNode node : texts(body)) {
            String text = node.getWholeText();
            if (!text.isBlank()) {
                List<String> kept = new ArrayList<>();
                for (String word : text.split("\\s+")) {
                    if (address(word.toLowerCase(Locale.ROOT))) {
                        dropped[0]++;
                    } else {
                        kept.add(word);
                    }
                }
                node.text(String.join(" ", kept) + (Character.isWhitespace(text.charAt(text.length() - 1)) ? " " : ""));
            }
        }
        if (dropped[0] > 0) {
            losses.add(Loss.dropped("description_html", dropped[0] + " addresses in the text"));
        }
    }

    private boolean address(String word) {
        return word.contains("://") || word.contains("www.") || hosts.stream().anyMatch(word::contains);
    }

    private static List<TextNode> texts(Element body) {
        List<TextNode> texts = new ArrayList<>();
        body.traverse((node, depth) -> {
            if (node instanceof TextNode text) {
                texts.add(text);
            }
        });
        return texts;
    }

    /** Children come after their parent in document order, so one pass from the end is enough. */
    private static void withoutEmpty(Element body) {
        Elements all = body.getAllElements();
        for (int i = all.size() - 1; i > 0; i--) {
            Element element = all.get(i);
            boolean holds = element.nameIs("br") || element.nameIs("td") || element.nameIs("th");
            for (Node child : element.childNodes()) {
                holds |= !(child instanceof TextNode text && text.isBlank()) && !(child.nameIs("br"));
            }
            if (!holds) {
                element.remove();
            }
        }
    }

    private static String cut(Element body, List<Loss> losses) {
        StringBuilder html = new StringBuilder();
        for (Node child : body.childNodes()) {
            String next = child.outerHtml();
            if (html.length() + next.length() > MAX) {
                losses.add(Loss.changed("description_html", "cut to " + MAX + " characters"));
                return html.isEmpty() ? plain(body) : html.toString().strip();
            }
            html.append(next);
        }
        return body.hasText() ? html.toString().strip() : "";
    }

    /** One element larger than all that fits: its text alone; escaping makes six characters of one at most. */
    private static String plain(Element body) {
        String text = body.text();
        return "<p>" + Entities.escape(ProductText.cut(text, MAX / 6 - 10)) + "</p>";
    }
}

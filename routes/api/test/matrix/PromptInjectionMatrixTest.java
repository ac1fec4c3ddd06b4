package io.caravan.hub.routes.api.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.config.binding.Ideation;
import io.caravan.hub.enrich.listing.CompliancePreflight;
import io.caravan.hub.enrich.listing.ListingRules;
import io.caravan.hub.enrich.listing.ListingSettings;
import io.caravan.hub.enrich.listing.OfferComposer;
import io.caravan.hub.enrich.listing.ProductFacts;
import io.caravan.hub.enrich.product.ImportRules;
import io.caravan.hub.enrich.product.ProductNormaliser;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.idea.Idea;
import io.caravan.hub.model.idea.Prompt;
import io.caravan.hub.model.listing.Offer;
import io.caravan.hub.model.product.DraftVariant;
import io.caravan.hub.model.product.ProductDraft;
import io.caravan.hub.model.supplier.Axis;
import io.caravan.hub.model.supplier.SupplierProduct;
import io.caravan.hub.model.supplier.SupplierVariant;
import io.caravan.hub.model.trend.Trend;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * Texts of strangers on their way to a public listing. The model is taken to be taken in: each text stands in every field
 * of an answer, and past the judge in every field of an idea. Beans and rules are the running hub's.
 */
class PromptInjectionMatrixTest {

    private static final AccountId ACCOUNT = new AccountId("default");
    private static final Money PRICE = Money.of(2599, "USD");
    private static final List<String> FIELDS = List.of("headline", "motif", "style", "audience", "story", "tags");

    /** What a text for the public never holds: addresses, markup, accounts, numbers to call, expressions. */
    private static final Pattern FOREIGN = Pattern.compile(
            "(?i)https?:|www\\.|//\\w|javascript:|\\b[a-z0-9-]+\\.(?:com|example|net|org|io)\\b|</?[a-z!]|[\\w.]+@[\\w.]+"
                    + "|(?:^|\\s)@\\w|\\+\\d[\\d ()-]{7,}|\\$\\{|\\{\\{|#\\{|im_start|<<SYS|\\]\\(");

    private static final Pattern MARKUP_OF_OURS = Pattern.compile("</?(?:p|ul|ol|li|br|b|i|strong|em|h[2-6])>");

    private final MatrixHub hub = MatrixHub.shared();
    private final Ideation ideation = hub.hub.bean(Ideation.class);
    private final ListingRules listings = hub.hub.bean(ListingRules.class);
    private final ProductFacts product = hub.hub.bean(ProductFacts.class);
    private final ProductNormaliser normaliser = new ProductNormaliser(hub.hub.bean(ImportRules.class));
    private final List<String> wrong = new ArrayList<>();
    private int cases;

    @Test
    void shouldKeepATextATextFromTheTrendToTheListing() throws IOException {
        List<String> texts = texts();
        for (String text : texts) {
            asked(text);
            for (String field : FIELDS) {
                listed(text, field, answered(text, field));
            }
            supplied(text);
        }
        System.out.println(
                "prompt injection matrix: " + texts.size() + " texts, " + cases + " cases, " + wrong.size() + " wrong");
        assertThat(texts).hasSizeGreaterThanOrEqualTo(60);
        assertThat(wrong).isEmpty();
    }

    private static List<String> texts() throws IOException {
        Map<String, List<String>> file =
                new Yaml().load(Files.readString(MatrixHub.ROOT.resolve("routes/api/test/matrix/injections.yaml")));
        return file.getOrDefault("texts", List.of());
    }

    /** The request to the model: the instructions are the same whatever the trend says, the data are one JSON object. */
    private void asked(String text) throws IOException {
        Prompt control = ideation.prompt(trend("axolotl smile", "a plain text"), exchange());
        for (Trend trend : List.of(trend(text.strip(), "a plain text"), trend("axolotl smile", text))) {
            Prompt prompt = ideation.prompt(trend, exchange());
            check("asked", text, prompt.system().equals(control.system()), "the instructions changed");
            check("asked", text, prompt.schema().equals(control.schema()), "the schema changed");
            JsonNode data = MatrixHub.JSON.readTree(prompt.data());
            check("asked", text, data.size() == 1 && data.path("trend").size() == 4, "the data have another shape");
            check("asked", text, prompt.data().lines().count() == 1, "the data leave their line");
            check(
                    "asked",
                    text,
                    !prompt.data().contains("<|") && !prompt.data().contains("</"),
                    "the data hold markup");
            cases++;
        }
    }

    /** A model's answer with the text in one field: refused (then false), or nothing foreign is left of it. */
    private boolean answered(String text, String field) {
        boolean any = false;
        Map<String, Object> answer = new LinkedHashMap<>(Map.of(
                "headline",
                "Smiling axolotl in a teacup",
                "motif",
                "A smiling axolotl sits in a teacup and waves at the reader",
                "style",
                "flat vector, three colours",
                "audience",
                "people who like axolotls",
                "story",
                "An axolotl that smiles at you each morning. Drawn for people who take their tea with company. "
                        + "It goes well with a slow start.",
                "tags",
                List.of(
                        "axolotl smile",
                        "axolotl gift",
                        "cute axolotl",
                        "teacup pet",
                        "smiling pet",
                        "axolotl lover")));
        answer.put(field, field.equals("tags") ? List.of(text, "axolotl smile", "axolotl gift", "cute axolotl") : text);
        for (Map<String, Object> one : List.of(answer, with(answer, "price", 1), with(answer, "account", "second"))) {
            Exchange exchange = exchange();
            Object idea = ideation.judge(
                    new VendorObject("chat", "stop", Map.of("answer", one, "text", text)),
                    trend("axolotl smile", "a plain text"),
                    0L,
                    exchange);
            boolean passed = Boolean.TRUE.equals(exchange.getVariable("passed", Boolean.class));
            any |= passed;
            check("answered", text, !passed || one.size() == FIELDS.size(), "a field that nobody asked for passed");
            check("answered", text, passed == idea instanceof Idea, "what passed is no idea");
            check("answered", text, !passed || clean(idea.toString()), field + " passed as " + idea);
            cases++;
        }
        return any;
    }

    private static Map<String, Object> with(Map<String, Object> answer, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(answer);
        more.put(name, value);
        return more;
    }

    /**
     * Past the judge, even if it had erred: the price and the numbers are ours. What it lets pass holds nothing foreign in the
     * listing either.
     */
    private void listed(String text, String field, boolean passed) {
        Idea idea = new Idea(
                pick(field, "headline", text, "Smiling axolotl in a teacup"),
                pick(field, "motif", text, "A smiling axolotl sits in a teacup"),
                pick(field, "style", text, "flat vector"),
                pick(field, "audience", text, "people who like axolotls"),
                pick(field, "story", text, "An axolotl that smiles at you each morning."),
                field.equals("tags") ? List.of(text, "axolotl smile") : List.of("axolotl smile", "axolotl gift"));
        String id = Refs.of("default", "listing", "matrix");
        Offer offer =
                OfferComposer.compose(id, idea, trend("axolotl smile", text), product, "0".repeat(64), PRICE, listings);
        ListingSettings settings = new ListingSettings("i_did", "made_to_order", false, List.of("1"), "1", "1", "1");
        boolean goes = CompliancePreflight.check(offer, settings, listings).isEmpty();
        check("listed", text, offer.price().equals(PRICE), "the price changed");
        check("listed", text, offer.sku().contains(id.substring(0, 20)), "the SKU changed");
        String shown = offer.title() + "\n" + offer.description() + "\n" + String.join("\n", offer.tags());
        check("listed", text, !passed || !goes || clean(shown), field + " would go out as: " + shown);
        check("listed", text, offer.tags().size() <= 13 && offer.title().length() <= 140, "does not fit the shop");
        cases++;
    }

    private static String pick(String field, String name, String text, String otherwise) {
        return field.equals(name) ? text : otherwise;
    }

    /** A supplier's product with the text wherever a supplier writes. */
    private void supplied(String text) {
        Axis axis = new Axis("1", text, List.of(new Axis.Value("1-0", text, null)));
        SupplierVariant variant =
                new SupplierVariant("v0", "v0", Map.of("1", "1-0"), Money.of(500, "USD"), null, 5L, null, null);
        SupplierProduct told = new SupplierProduct(
                "aliexpress",
                "1005005454292177",
                URI.create("https://www.aliexpress.com/item/1005005454292177.html"),
                "Wool blanket " + text,
                true,
                "<p>A blanket. " + text + "</p>",
                List.of("https://img.example.com/main.jpg"),
                List.of(axis),
                List.of(variant),
                Map.of("Brand", text, "Material", text),
                List.of(),
                Instant.EPOCH);
        ProductDraft draft;
        try {
            draft = normaliser.normalise(ACCOUNT, told);
        } catch (IllegalArgumentException refused) {
            cases++;
            return;
        }
        String id = ProductNormaliser.productId(ACCOUNT, "aliexpress", "1005005454292177");
        check("supplied", text, draft.id().equals(id), "the product's id changed");
        check("supplied", text, draft.sourceUrl().equals(told.url().toString()), "the source changed");
        check("supplied", text, draft.imageUrls().equals(told.images()), "the pictures changed");
        check(
                "supplied",
                text,
                draft.variants().stream()
                        .map(DraftVariant::cost)
                        .allMatch(told.variants().get(0).cost()::equals),
                "the cost changed");
        String html = MARKUP_OF_OURS.matcher(draft.descriptionHtml()).replaceAll("");
        check("supplied", text, !Pattern.compile("(?i)<[a-z!/]").matcher(html).find(), "markup: " + html);
        check(
                "supplied",
                text,
                !Pattern.compile("(?i)https?://|www\\.").matcher(html).find(),
                "addresses: " + html);
        cases++;
    }

    private static boolean clean(String text) {
        return !FOREIGN.matcher(text).find();
    }

    private static Trend trend(String keyword, String context) {
        return new Trend(
                Refs.of("default", "trend", "matrix"),
                ACCOUNT,
                keyword,
                80,
                List.of(),
                List.of("reddit"),
                false,
                List.of(context),
                Instant.EPOCH);
    }

    private Exchange exchange() {
        return new DefaultExchange(hub.hub.camel());
    }

    private void check(String stage, String text, boolean right, String otherwise) {
        if (!right) {
            wrong.add(stage + " [" + text + "]: " + otherwise);
        }
    }
}

package io.caravan.hub.config.files;

import io.caravan.hub.config.connections.ConnectionFile;
import io.caravan.hub.config.connections.ConnectionPlan;
import io.caravan.hub.config.files.PersonFiles.Part;
import io.caravan.hub.config.imports.ImportAutomation;
import io.caravan.hub.config.imports.ImportDefaults;
import io.caravan.hub.connectors.curated.CuratedFile;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.enrich.idea.AnswerSchema;
import io.caravan.hub.enrich.idea.IdeaRules;
import io.caravan.hub.enrich.idea.PromptTemplate;
import io.caravan.hub.enrich.image.ImageRules;
import io.caravan.hub.enrich.listing.ListingRules;
import io.caravan.hub.enrich.listing.PricingRules;
import io.caravan.hub.enrich.listing.ProductFacts;
import io.caravan.hub.enrich.price.ExchangeRates;
import io.caravan.hub.enrich.product.ImportPricing;
import io.caravan.hub.enrich.product.ImportRules;
import io.caravan.hub.enrich.trend.TrendRules;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Checks;
import io.caravan.hub.model.trend.SignalBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.core.env.Environment;

/** Every file of a person and what it fills. The application binds them as beans, doctor tries them all. */
public final class HubFiles {

    private static final Part WORDS = new Part("words", "words.yaml");
    /** Bump the version in the name when the text changes: it is kept with every answer. */
    private static final String IDEA_PROMPT = "idea.v1";

    private final PersonFiles files;

    public HubFiles(PersonFiles files) {
        this.files = files;
    }

    public TrendRules trends() {
        return files.readOver(TrendRules.defaults(), "trends.yaml", WORDS);
    }

    /** For the product that is sold: its type and facts are all that a model may claim. */
    public IdeaRules ideas() {
        return files.readOver(IdeaRules.defaults(), "ideas.yaml", WORDS).forProduct(product());
    }

    public ImageRules images() {
        return files.readOver(ImageRules.defaults(), "images.yaml", WORDS);
    }

    public ListingRules listings() {
        return files.readOver(ListingRules.defaults(), "listings.yaml", WORDS);
    }

    public PricingRules pricing() {
        return files.readOver(PricingRules.defaults(), "pricing.yaml");
    }

    public ImportRules imports() {
        return files.readOverBeside(ImportAutomation.defaults(), ImportRules.defaults(), "import.yaml", WORDS);
    }

    public ImportAutomation importAutomation() {
        return files.readSections(ImportAutomation.defaults(), "import.yaml");
    }

    public ImportPricing importPricing() {
        return files.readOver(ImportPricing.defaults(), "import-pricing.yaml");
    }

    public ExchangeRates exchangeRates() {
        return files.readOver(ExchangeRates.defaults(), "exchange-rates.yaml");
    }

    public ImportDefaults importDefaults() {
        return files.read("import-defaults.yaml", ImportDefaults.class);
    }

    public ProductFacts product() {
        return files.readOver(ProductFacts.defaults(), "product-tee.yaml");
    }

    public PromptTemplate ideaPrompt() {
        return new PromptTemplate(IDEA_PROMPT, files.text("prompts/" + IDEA_PROMPT + ".md"));
    }

    public AnswerSchema ideaSchema() {
        return new AnswerSchema("idea", files.text("prompts/" + IDEA_PROMPT + ".schema.json"));
    }

    public ConnectionFile connections() {
        return files.readOverConnectors("connections.yaml", ConnectionFile.class);
    }

    public AccountsFile accounts() {
        return files.read("accounts.yaml", AccountsFile.class);
    }

    public Plans plans() {
        PlansFile plans = files.read("plans.yaml", PlansFile.class);
        try {
            return new Plans(plans, accounts());
        } catch (IllegalArgumentException e) {
            throw new BadFile(files.path("accounts.yaml") + ", " + e.getMessage());
        }
    }

    public AutopilotFile autopilot() {
        return files.read("autopilot.yaml", AutopilotFile.class);
    }

    public CostFile costs() {
        return files.read("costs.yaml", CostFile.class);
    }

    public Limits limits() {
        try {
            return Limits.load(new ByteArrayInputStream(
                    files.textOverConnectors("limits.yaml").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException e) {
            throw new BadFile(files.path("limits.yaml") + ": " + e.getMessage());
        }
    }

    /** @param name of a notice: {@code listing-live} */
    public MailText mail(String name) {
        return MailText.of(name, files.text("mails/" + Checks.id("notice", name) + ".txt"));
    }

    private SignalBatch curated() {
        CuratedFile list = new CuratedFile();
        list.setFile(files.path("curated.yaml").toString());
        return list.signals();
    }

    /** What is wrong with the files; empty when they can all be used. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        List<Supplier<?>> all = List.of(
                this::trends,
                this::product,
                this::ideas,
                this::images,
                this::listings,
                this::pricing,
                this::ideaPrompt,
                this::ideaSchema,
                this::connections,
                this::accounts,
                this::plans,
                this::importAutomation,
                this::autopilot,
                this::costs,
                this::limits,
                this::imports,
                this::importPricing,
                this::exchangeRates,
                this::importDefaults,
                this::curated,
                () -> mail("listing-live"),
                () -> mail("listing-failed"),
                () -> mail("image-review"));
        for (Supplier<?> one : all) {
            try {
                Object unused = one.get();
            } catch (BadFile | IllegalArgumentException | UncheckedIOException e) {
                faults.add(String.valueOf(e.getMessage()));
            }
        }
        return faults.stream().distinct().toList();
    }

    /** What keeps the wished connections from being made, variables that are missing for one; empty when nothing does. */
    public List<String> connectionFaults(AccountId operator, Environment environment) {
        try {
            return new ConnectionPlan(connections(), accounts(), operator, environment).faults();
        } catch (BadFile e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /** Live connections whose events would all be refused, for want of what they are signed with; "vendor: why" each. */
    public List<String> refusedWebhooks(AccountId operator, Environment environment) {
        try {
            return new ConnectionPlan(connections(), accounts(), operator, environment).refusedWebhooks();
        } catch (BadFile e) {
            // said by connectionFaults
            return List.of();
        }
    }
}

package io.caravan.hub.proof.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.proof.lab.Proof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.Yaml;

/**
 * Whatever bytes come, each parser gives a value or the failure that it declares. {@code -Pproof} lets jazzer go on for two minutes
 * with each group of targets ({@code -Dhub.fuzz.seconds}, {@code -Dhub.fuzz.only=etsy,picture}); it keeps what it finds below
 * {@code proof/target/fuzz/found}, to be moved to {@code proof/src/test/resources/fuzz/found}.
 */
class ParserFuzzTest {

    /** Inputs for each target in every build, beside jazzer's. */
    private static final int EACH = Integer.getInteger("hub.fuzz.each", 30);

    /** The same in every build, so that a build that did nothing wrong does not fail over what nobody touched. */
    private static final long SEED = Long.getLong("hub.seed", Proof.LONG ? System.nanoTime() & 0xffffff : 1);

    private static final int SECONDS = Integer.getInteger("hub.fuzz.seconds", Proof.times(60, 120));
    /** Jazzer's inputs in every build; in the long form it goes on until its time is over. */
    private static final int RUNS = 1_500;

    private static final int NO_END = -1;

    private static final Path FOLDER = Path.of(System.getProperty("project.root", ".."), "proof/target/fuzz")
            .toAbsolutePath();

    private static final Pattern CLASS = Pattern.compile("#class:(io\\.caravan\\.[A-Za-z0-9_.]+)");

    /** Kamelets that call nobody; the target that fuzzes what they read. */
    private static final Map<String, String> ASK_NOBODY = Map.of(
            "curated-signals-action", "curated-list",
            "supplier-csv-freight-action", "supplier-csv",
            "supplier-csv-ping-action", "supplier-csv",
            "supplier-csv-product-action", "supplier-csv",
            "supplier-csv-search-action", "supplier-csv",
            "media-fetch-action", "picture",
            "sendgrid-mail-lookup-action", "sendgrid-events",
            // they go with their product
            "woocommerce-variants-cancel-action", "woocommerce-variants-lookup-action");

    /** Readers that no Kamelet names: what they are part of. */
    private static final Map<String, String> READ_ELSEWHERE = Map.of(
            "SendGridEventMapper", "sendgrid-events",
            "SendGridWebhook", "webhook-signatures",
            "SendGridSignature", "webhook-signatures",
            "ShopifySignature", "webhook-signatures",
            "WooCommerceWebhook", "webhook-signatures",
            "StandardWebhook", "webhook-signatures",
            "CsvMapper", "supplier-csv",
            "CuratedMapper", "curated-list",
            "CjVariantMapper", "cjdropshipping-product-action",
            "UserErrors", "shopify-product-create-action");

    @Test
    void shouldHaveATargetForEveryKamelet() {
        assertThat(Targets.asksNobody().keySet())
                .as("Kamelets that none of the requests in Samples gets to call anybody: %s", Targets.asksNobody())
                .containsExactlyInAnyOrderElementsOf(ASK_NOBODY.keySet());
        assertThat(names()).containsAll(ASK_NOBODY.values());
    }

    @Test
    void shouldHaveATargetForEveryReaderOfWhatVendorsSend() throws IOException {
        PathMatchingResourcePatternResolver classPath = new PathMatchingResourcePatternResolver();
        Set<String> named = new TreeSet<>();
        for (Resource file : classPath.getResources("classpath*:kamelets/*.kamelet.yaml")) {
            Matcher found = CLASS.matcher(
                    String.valueOf((Object) new Yaml().load(file.getContentAsString(StandardCharsets.UTF_8))));
            while (found.find()) {
                named.add(found.group(1).replaceFirst(".*\\.", ""));
            }
        }
        Set<String> without = new TreeSet<>();
        for (String kind : List.of("Mapper", "Errors", "Webhook", "Signature")) {
            for (Resource file :
                    classPath.getResources("classpath*:io/caravan/hub/connectors/**/*" + kind + ".class")) {
                String name = String.valueOf(file.getFilename()).replace(".class", "");
                if (!named.contains(name) && !READ_ELSEWHERE.containsKey(name) && !name.equals("VendorErrors")) {
                    without.add(name);
                }
            }
        }
        assertThat(without).isEmpty();
        assertThat(names()).containsAll(READ_ELSEWHERE.values());
    }

    private static List<String> names() {
        return Targets.all().stream().map(Target::name).toList();
    }

    @Test
    void shouldNeverFindAgainWhatWasFound() throws IOException {
        int again = 0;
        for (Target target : Targets.all()) {
            for (Path found : SeedFiles.found(target.name())) {
                target.run(Files.readAllBytes(found));
                again++;
            }
            for (byte[] seed : target.seeds()) {
                target.run(seed);
            }
        }
        Proof.tell("parser fuzz: %d targets, %d earlier findings", Targets.all().size(), again);
        try (Stream<Path> kept = Files.walk(SeedFiles.ROOT.resolve("found"))) {
            assertThat(again)
                    .as("every finding belongs to a target that there is")
                    .isEqualTo((int) kept.filter(Files::isRegularFile).count());
        }
    }

    @Test
    void shouldTakeOrRefuseWhateverIsMadeOfTheSeeds() {
        Map<String, String> findings = new TreeMap<>();
        for (Target target : Targets.all()) {
            Random random = new Random(SEED ^ target.name().hashCode());
            for (int i = 0; i < EACH; i++) {
                byte[] input = Shapes.input(target, Choices.of(random));
                try {
                    target.tried(input, FOLDER.resolve("found"));
                } catch (Target.Finding finding) {
                    findings.putIfAbsent(target.name() + " " + place(finding), String.valueOf(finding.getMessage()));
                }
            }
        }
        Proof.tell(
                "parser fuzz: seed %d, %d inputs for each of %d targets",
                SEED, EACH, Targets.all().size());
        assertThat(findings)
                .as("replay: -Dtest=ParserFuzzTest -Dhub.seed=%d -Dhub.fuzz.each=%d", SEED, EACH)
                .isEmpty();
    }

    private static String place(Target.Finding finding) {
        return finding.cause().getClass()
                + Arrays.stream(finding.cause().getStackTrace())
                        .filter(element -> element.getClassName().startsWith("io.caravan")
                                && !element.getClassName().contains(".proof."))
                        .limit(3)
                        .map(element -> " < " + element)
                        .reduce("", String::concat);
    }

    @Test
    void shouldHoldAgainstJazzerToo() throws IOException {
        Map<String, Jazzer.Outcome> findings = new LinkedHashMap<>();
        for (String group : groups()) {
            Jazzer.Outcome outcome =
                    Jazzer.run(group, Duration.ofSeconds(SECONDS), Proof.times(RUNS, NO_END), SEED, FOLDER, Proof.LONG);
            Proof.tell(
                    "jazzer %s: %,d runs, %,d edges, %,d inputs kept%s",
                    group,
                    outcome.runs(),
                    outcome.coverage(),
                    outcome.corpus(),
                    outcome.clean() ? "" : ", FINDINGS, see " + outcome.log());
            if (!outcome.clean()) {
                findings.put(group, outcome);
            }
            assertThat(outcome.runs()).as("runs, see %s", outcome.log()).isPositive();
        }
        assertThat(findings).isEmpty();
    }

    /** In every build the parsers at once (the Kamelets had their share above), in the long form each group by itself. */
    private static List<String> groups() {
        String only = System.getProperty("hub.fuzz.only", "");
        if (!only.isEmpty()) {
            return List.of(only.split(","));
        }
        return Proof.LONG
                ? new ArrayList<>(
                        new TreeSet<>(Targets.all().stream().map(Target::group).toList()))
                : List.of(Fuzzer.PARSERS);
    }
}

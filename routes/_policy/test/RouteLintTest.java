package io.caravan.hub.routes.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.config.lint.LoadedModel;
import io.caravan.hub.config.lint.RouteLint;
import io.caravan.hub.config.lint.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.spi.Resource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules over everything that the product loads, and each rule over a file that breaks it. */
class RouteLintTest {

    private static final Path BAD = Path.of(System.getProperty("project.root"), "routes", "_policy", "bad");
    private static final List<Rule> HOUSE = HouseRules.over(RouteFile.all(), operations());
    /** What examples name, to show that a placeholder hides nothing. */
    private static final Map<String, String> PROPERTIES = Map.of("test.queue", "seda", "test.off", "false");

    private static LoadedModel project;

    @BeforeAll
    static void load() {
        project = LoadedFiles.load(LoadedFiles.ofTheProject());
    }

    @Test
    void shouldHoldForEverythingThatIsLoaded() {
        List<Resource> files = LoadedFiles.ofTheProject();
        System.out.printf(
                "route lint: %d rules of safety and %d of the house, %d files, %d routes, Kamelets and policies, %d steps%n",
                RouteLint.RULES.size(),
                HOUSE.size(),
                files.size(),
                project.routes().size(),
                project.routes().stream()
                        .mapToLong(route -> route.steps().size())
                        .sum());
        assertThat(RouteLint.RULES).hasSizeGreaterThan(40);
        assertThat(project.routes()).hasSizeGreaterThan(200);
        assertThat(RouteLint.check(project, RouteLint.RULES)).isEmpty();
    }

    @Test
    void shouldReadEveryFileThatEndsLikeARouteOrAKamelet() {
        Set<String> read = project.routes().stream().map(route -> route.file()).collect(Collectors.toSet());
        List<String> files =
                LoadedFiles.ofTheProject().stream().map(Resource::getLocation).toList();
        assertThat(files)
                .filteredOn(file -> read.stream().noneMatch(one -> one.endsWith(file)))
                .allMatch(file -> file.endsWith("rest.camel.yaml") || file.contains("/_policy/"));
    }

    @Test
    void shouldHoldForHowTheFlowsRead() {
        List<Resource> flows = LoadedFiles.ofTheProject().stream()
                .filter(file -> file.getLocation().startsWith(RouteFile.folder().toString()))
                .toList();
        assertThat(RouteLint.check(LoadedFiles.load(flows), HOUSE)).isEmpty();
    }

    @TestFactory
    List<DynamicTest> shouldBiteOnEachBadExampleAndNoOtherRuleShould() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path example : examples()) {
            tests.add(DynamicTest.dynamicTest(ruleOf(example) + " " + example.getFileName(), () -> bites(example)));
        }
        System.out.println("route lint: " + tests.size() + " bad examples");
        return tests;
    }

    @Test
    void shouldHaveABadExampleOfEachRule() {
        Set<String> rules = Stream.concat(RouteLint.RULES.stream(), HOUSE.stream())
                .map(Rule::id)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> shown =
                examples().stream().map(RouteLintTest::ruleOf).collect(Collectors.toCollection(TreeSet::new));
        assertThat(shown).isEqualTo(rules);
    }

    @Test
    void shouldSayOfEachRuleWhatHappensAndWhatToDoOnce() {
        List<Rule> all = Stream.concat(RouteLint.RULES.stream(), HOUSE.stream()).toList();
        assertThat(all.stream().map(Rule::id)).doesNotHaveDuplicates();
        assertThat(all).allSatisfy(rule -> {
            assertThat(rule.id()).matches("([PF]\\d\\d|H\\d\\d|X)(-[a-z]+)+");
            assertThat(rule.what()).matches("(?s)[A-Z].*\\.").hasSizeLessThan(140);
            assertThat(rule.instead()).matches("(?s)[A-Z].*\\.").hasSizeLessThan(140);
        });
    }

    private static void bites(Path example) {
        String rule = ruleOf(example);
        String text = LoadedFiles.read(example);
        String name = "intake/" + rule + (text.startsWith("apiVersion") ? ".kamelet.yaml" : ".camel.yaml");
        List<Resource> files = new ArrayList<>(LoadedFiles.policies());
        // an example may bring a policy of its own
        files.removeIf(file -> file.getLocation().endsWith("work.camel.yaml") && text.contains("    id: work\n"));
        files.add(LoadedFiles.text(name, text));
        LoadedModel model = LoadedFiles.load(files, PROPERTIES);
        List<Rule> rules = new ArrayList<>(RouteLint.RULES);
        if (rule.startsWith("H")) {
            rules.addAll(HouseRules.over(List.of(RouteFile.parse(Path.of(name), text)), Set.of()));
        }

        assertThat(RouteLint.check(model, rules)).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.rule()).as("%s", finding).isEqualTo(rule);
            assertThat(finding.fileName()).isIn(Path.of(name).getFileName().toString(), "");
        });
    }

    private static List<Path> examples() {
        try (Stream<Path> files = Files.list(BAD)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String ruleOf(Path example) {
        return example.getFileName().toString().replaceFirst("\\..*", "");
    }

    private static Set<String> operations() {
        String contract = LoadedFiles.read(RouteFile.folder().resolve("api/hub-v1.openapi.yaml"));
        return Pattern.compile("operationId: (\\w+)")
                .matcher(contract)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}

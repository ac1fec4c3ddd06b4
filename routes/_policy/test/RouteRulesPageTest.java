package io.caravan.hub.routes.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.config.lint.RouteLint;
import io.caravan.hub.config.lint.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page with the rules is generated: {@code -Droute.rules.write=true} writes it. */
class RouteRulesPageTest {

    private static final Path PAGE = Path.of(System.getProperty("project.root"), "docs", "route-rules.md");

    private static final String TEXT = """
            # Rules for routes

            Generated from the rules themselves (`RouteRulesPageTest`, `-Droute.rules.write=true`); do not edit.

            The hub holds every route and Kamelet that Camel has loaded to these rules before the first route starts, those in `config/files/routes` too. In production (profile `prod`) a finding refuses
            the start, else it is a warning in the log, also when a file is loaded anew under `dev`; `./hub doctor` shows findings without a start. It looks at what was loaded, not at the text: an
            option is the same in a query and among the parameters, with dashes and in capitals, and in a property.

            Each rule has a file in `routes/_policy/bad` that breaks it, and only it; a rule without one fails the build. P01 to P62 are the pitfalls of Camel 4.17 that a rule keeps away (lost work, work
            done twice, a hub that falls over, a stranger let in), F is how a flow hangs together, X what a message could misuse.

            ## For every route

            %s

            ## How the flows of this project read

            These hold for `routes/` alone; your own flows may read as you like.

            %s
            """;

    @Test
    void shouldShowTheRulesAsTheyAre() throws IOException {
        String page = TEXT.formatted(table(RouteLint.RULES), table(HouseRules.over(List.of(), Set.of())));
        if (Boolean.getBoolean("route.rules.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String table(List<Rule> rules) {
        return rules.stream()
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .map(rule -> "| `" + rule.id() + "` | " + cell(rule.what()) + " | " + cell(rule.instead()) + " |")
                .collect(Collectors.joining(
                        "\n", "| Rule | What happens otherwise | What to do |\n|---|---|---|\n", ""));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("removeHeaders *", "`removeHeaders *`");
    }
}

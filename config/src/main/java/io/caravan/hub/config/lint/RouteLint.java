package io.caravan.hub.config.lint;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.Kamelet;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/**
 * Holds what Camel has loaded to the rules. It looks at the model and not at the files: an option is the same whether it
 * stands in a query or among the parameters, in capitals or with dashes, or in a property.
 */
public final class RouteLint {

    /** All that hold for whoever writes a route. The numbers are those of the pitfalls in docs/route-rules.md. */
    public static final List<Rule> RULES = Stream.of(
                    LosingRules.RULES,
                    BrokerRules.RULES,
                    DoublingRules.RULES,
                    HttpRules.RULES,
                    FallingRules.RULES,
                    LettingInRules.RULES,
                    SecretRules.RULES,
                    FlowRules.RULES)
            .flatMap(List::stream)
            .toList();

    private RouteLint() {}

    /** What is wrong with everything that this context has loaded. */
    public static List<Finding> check(CamelContext camel) {
        return check(read(camel, name -> hasKamelet(camel, name)), RULES);
    }

    /** @param kamelets says whether a Kamelet of this name is one of ours */
    public static LoadedModel read(CamelContext camel, Predicate<String> kamelets) {
        return new ModelReader(camel).read(kamelets);
    }

    public static List<Finding> check(LoadedModel model, List<Rule> rules) {
        return rules.stream().flatMap(rule -> rule.findings(model)).toList();
    }

    /** Camel's own collection is none of ours: its Kamelets read plain headers and open pools of their own. */
    private static boolean hasKamelet(CamelContext camel, String name) {
        String folders = camel.hasComponent("kamelet") instanceof KameletComponent kamelets
                ? kamelets.getLocation()
                : Kamelet.DEFAULT_LOCATION;
        for (String folder : folders.split(",")) {
            Resource file =
                    PluginHelper.getResourceLoader(camel).resolveResource(folder + "/" + name + ".kamelet.yaml");
            if (file.exists() && !String.valueOf(file.getURI()).contains("camel-kamelets")) {
                return true;
            }
        }
        return false;
    }
}

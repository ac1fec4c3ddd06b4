package io.caravan.hub.config.lint;

import static io.caravan.hub.config.lint.LoadedRoute.Kind.KAMELET;
import static io.caravan.hub.config.lint.LoadedRoute.Kind.POLICY;
import static io.caravan.hub.config.lint.LoadedRoute.Kind.ROUTE;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What lets a message decide where things go, or run something. */
final class LettingInRules {

    private static final Pattern OUTSIDE_DATA = Pattern.compile(
            "\\$\\{(body|bodyAs|header|headers|in\\.|exchange|exchangeProperty|mandatoryBodyAs|jq|jsonpath|xpath)\\b");
    private static final Pattern REACHES =
            Pattern.compile("\\$\\{(camelContext|env|sys|sysenv|type:|exchange\\.|ref:|bean:|properties:|groovy:)");
    private static final Set<String> BODY_READERS = Set.of("bean", "process", "removeHeaders");

    static final List<Rule> RULES = List.of(
            Rule.route(
                    "P56-ingress",
                    "Headers of strangers stay in the message and steer the components behind.",
                    "Let process: ingress, or removeHeaders *, come before every other step; only a bean may check a signature first.",
                    Set.of(ROUTE),
                    route -> Names.DOORS.contains(route.from().to().scheme()) && !isStripped(route)),
            Rule.step(
                    "P56-header-state",
                    "A header travels to the next vendor, and strangers can set it.",
                    "Keep state in a variable (setVariable, ${variable.x}).",
                    EnumSet.of(ROUTE, POLICY),
                    (route, step) -> step.kind().startsWith("setHeader")
                            || step.texts().anyMatch(text -> text.contains("${header.") || text.contains("${headers"))
                            || step.languages().anyMatch("header"::equals)),
            Rule.step(
                    "P56-bean-method",
                    "Without a method a header chooses which one of the bean runs.",
                    "Name the method; its arguments come from annotations.",
                    step -> (step.kind().equals("bean")
                                    && step.setting("method").isEmpty())
                            || (Set.of("bean", "class").contains(step.to().scheme())
                                    && !step.to().has("method"))),
            Rule.step(
                    "P56-bean-arguments",
                    "Arguments in text are expressions that are run with what came in.",
                    "Name the method alone; arguments come from annotations.",
                    EnumSet.of(ROUTE, POLICY),
                    (route, step) -> step.setting("method").contains("(")
                            || step.to().option("method").contains("(")),
            Rule.step(
                    "P57-message-in-address",
                    "Placeholders and paths in a message become part of the address, with our properties in them.",
                    "Put a checked id into a variable and name that.",
                    Set.of(KAMELET),
                    (route, step) -> step.address() != null
                            && !step.sendsTo("log")
                            && OUTSIDE_DATA.matcher(step.to().text()).find()),
            Rule.step(
                    "P57-reaching-expression",
                    "The expression reads the environment, system properties, other beans or Camel itself.",
                    "Name a property {{hub....}} or let a bean do it.",
                    step -> step.texts().anyMatch(text -> REACHES.matcher(text).find())),
            Rule.step(
                    "P60-management",
                    "A message could start, stop and ask routes, with the power of their author.",
                    "Leave controlbus to operators: Hawtio and ./hub.",
                    step -> step.sendsTo("controlbus") || step.sendsTo("jmx")),
            Rule.step(
                    "X-power",
                    "The component runs programs, scripts or expressions.",
                    "Let a bean do it.",
                    step -> Names.POWERS.contains(step.to().scheme())),
            Rule.step(
                    "X-script",
                    "A script in a route has the power of the whole process and no test of its own.",
                    "Name a bean.",
                    step -> step.kind().equals("script") || step.languages().anyMatch(Names.SCRIPTS::contains)),
            Rule.step(
                    "X-template",
                    "A header could bring the template, which then runs here.",
                    "Leave allowTemplateFromHeader, contentFromHeader and allowContextMapAll away.",
                    step -> Names.TEMPLATES.contains(step.to().scheme())
                            && step.to().options().entrySet().stream()
                                    .anyMatch(option -> option.getKey().matches("allow.*(header|mapall)|.*fromheader")
                                            && !option.getValue().equals("false"))),
            Rule.step(
                    "X-hidden-address",
                    "What a ref: endpoint is set to cannot be seen here.",
                    "Write the address and its options.",
                    step -> step.sendsTo("ref")),
            Rule.route(
                    "X-hidden-handler",
                    "What an error handler that is a bean does cannot be seen here.",
                    "Name a routeConfigurationId.",
                    EnumSet.allOf(LoadedRoute.Kind.class),
                    route -> route.errorHandler().kind().startsWith("Ref")),
            Rule.step(
                    "X-sql-text",
                    "SQL from a message is SQL of a stranger.",
                    "Write the statement, with named parameters (:#name).",
                    step -> Set.of("sql", "jdbc", "sql-stored")
                                    .contains(step.to().scheme())
                            && !step.kind().equals("from")
                            && (step.sendsTo("jdbc")
                                    || step.to().is("useMessageBodyForSql", "true")
                                    || step.to().is("useMessageBodyForTemplate", "true")
                                    || step.to().is("allowNamedParameters", "false"))),
            Rule.step(
                    "X-objects",
                    "Text that names classes becomes objects of these classes.",
                    "Read JSON into maps (unmarshal: json) and leave types to beans.",
                    step -> Set.of("fory", "hessian", "xstream", "java")
                                    .contains(step.setting("dataFormatType.dataFormatName"))
                            || step.is("dataFormatType.allowUnmarshallType", "true")
                            || step.is("dataFormatType.allowJmsType", "true")
                            || step.setting("dataFormatType.enableFeatures").contains("TYPING")
                            || step.to().is("transferException", "true")
                            || step.to().is("transferExchange", "true")
                            || step.to().is("allowJavaSerializedObject", "true")),
            Rule.step(
                    "P62-archive",
                    "A small archive can unpack to more than the disk holds, and name paths outside.",
                    "Take files one by one; nothing that came in is unpacked.",
                    step -> step.kind().equals("unmarshal")
                            && Set.of("zipFile", "zipfile", "tarFile", "tarfile", "gzipDeflater", "zipDeflater", "lzf")
                                    .contains(step.setting("dataFormatType.dataFormatName"))));

    private LettingInRules() {}

    private static boolean isStripped(LoadedRoute route) {
        for (Step step : route.steps()) {
            if (step.is("ref", "ingress")
                    || step.kind().equals("removeHeaders")
                            && step.is("pattern", "*")
                            && step.setting("excludePattern").isEmpty()) {
                return true;
            }
            if (!BODY_READERS.contains(step.kind())) {
                return false;
            }
        }
        return false;
    }
}

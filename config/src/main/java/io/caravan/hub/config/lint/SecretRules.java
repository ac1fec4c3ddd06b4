package io.caravan.hub.config.lint;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.util.SensitiveUtils;

/** What lets a secret or a customer's data out. */
final class SecretRules {

    private static final Pattern WHOLE_MESSAGE = Pattern.compile(
            "\\$\\{(body|bodyAs|bodyOneLine|prettyBody|in\\.body|headers|header\\.|variables|exchange[.}]|messageAs|mandatoryBodyAs|logExchange)");
    private static final Set<String> SHOWS = Set.of(
            "showall",
            "showheaders",
            "showallproperties",
            "showproperties",
            "showvariables",
            "showexception",
            "showstacktrace");
    private static final Set<String> SECRET_HEADERS =
            Set.of("authorization", "x-api-key", "api-key", "cookie", "proxy-authorization");

    static final List<Rule> RULES = List.of(
            Rule.step(
                    "P61-log-message",
                    "Bodies, headers and variables hold customers' data and credentials; logs go to many.",
                    "Log ids: ${variable.traceId}, ${variable.workId}.",
                    step -> step.kind().equals("log") && logs(step) || step.sendsTo("log") && shows(step.to())),
            Rule.step(
                    "P61-literal-secret",
                    "A secret in a route is in every copy of it, in Kaoto and in Hawtio.",
                    "Name a property, or keep it in the connection: ${variable.connection.secret('token')}.",
                    step -> step.written().options().entrySet().stream()
                                    .anyMatch(option -> SensitiveUtils.containsSensitive(option.getKey())
                                            && isLiteral(option.getValue()))
                            || step.kind().equals("setHeader")
                                    && SECRET_HEADERS.contains(
                                            step.setting("name").toLowerCase(Locale.ROOT))
                                    && isLiteral(step.setting("expression"))),
            Rule.step(
                    "P61-shown-exception",
                    "The caller would read our stack trace.",
                    "Leave muteException as it is: on.",
                    step -> step.to().is("muteException", "false")));

    private SecretRules() {}

    private static boolean logs(Step step) {
        return WHOLE_MESSAGE.matcher(step.setting("message")).find();
    }

    /** The component shows the body unless it is told not to. */
    private static boolean shows(Address log) {
        return !log.is("showBody", "false")
                || log.options().entrySet().stream()
                        .anyMatch(option -> SHOWS.contains(option.getKey())
                                && option.getValue().equals("true"));
    }

    private static boolean isLiteral(String value) {
        return !value.isEmpty() && !value.contains("{{") && !value.contains("${") && !value.startsWith("#");
    }
}

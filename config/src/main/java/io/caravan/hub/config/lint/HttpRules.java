package io.caravan.hub.config.lint;

import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Options of single HTTP calls that would undo what the egress policy sets for all of them. */
final class HttpRules {

    private static final Set<String> CLIENT = Set.of(
            "httpclientconfigurer",
            "clientconnectionmanager",
            "httpclient",
            "httpclientoptions",
            "clientbuilder",
            "sslcontextparameters",
            "x509hostnameverifier",
            "proxyhost");
    private static final long LONGEST_MILLIS = 600_000;

    static final List<Rule> RULES = List.of(
            option(
                    "P46-http-time-outs",
                    "Without a bound a slow vendor holds the thread for ever.",
                    "Leave the time-outs to the egress policy, or give responseTimeout in milliseconds, at most 10 minutes.",
                    address ->
                            List.of("responseTimeout", "soTimeout", "connectTimeout", "connectionRequestTimeout")
                                    .stream()
                                    .anyMatch(name -> unbounded(address.option(name)))),
            option(
                    "P50-http-oauth",
                    "Camel 4.17 keeps tokens under the address alone, without account or scope, and never forgets them.",
                    "Let the connection hold the token and set the header Authorization from it.",
                    address -> address.options().keySet().stream().anyMatch(name -> name.startsWith("oauth2"))),
            new Rule(
                    "P57-control-headers",
                    "A header of the message could choose the address and read our properties.",
                    "Leave skipControlHeaders away, or let the Kamelet begin with removeHeaders * and a bean write the address.",
                    model -> calls(
                            model,
                            (route, address) -> address.is("skipControlHeaders", "false") && !dropsFirst(route))),
            option(
                    "P58-redirects",
                    "Credentials would follow a redirect to whoever is named there.",
                    "Leave followRedirects away.",
                    address -> address.is("followRedirects", "true")),
            option(
                    "P58-headers-out",
                    "Headers of one vendor's answer would go to the next vendor.",
                    "Leave copyHeaders and headerFilterStrategy away: the egress policy has an allow-list.",
                    address -> address.is("copyHeaders", "true") || address.has("headerFilterStrategy")),
            option(
                    "P58-cookies",
                    "Cookies of one account would be sent with the calls of another.",
                    "Leave cookie options away.",
                    address -> address.has("cookieHandler")
                            || address.has("cookieStore")
                            || address.is("cookieManagementDisabled", "false")),
            new Rule(
                    "P61-http-exception",
                    "Camel would put the vendor's answer and the address into an exception, and so into logs.",
                    "Set throwExceptionOnFailure to false and let the bean errors judge the answer.",
                    model -> calls(model, (route, address) -> !address.is("throwExceptionOnFailure", "false"))));

    private HttpRules() {}

    /** The client behind the policy is exchanged or set up. */
    static boolean touchesClient(Address address) {
        return address.options().keySet().stream()
                .anyMatch(name -> CLIENT.contains(name) || name.startsWith("httpclient."));
    }

    static Rule option(String id, String what, String instead, Predicate<Address> bad) {
        return new Rule(id, what, instead, model -> calls(model, (route, address) -> bad.test(address)));
    }

    private static Stream<Rule.Place> calls(LoadedModel model, BiPredicate<LoadedRoute, Address> bad) {
        return model.routes().stream()
                .flatMap(route -> route.all()
                        .filter(step -> isCall(route, step) && bad.test(route, step.to()))
                        .map(step -> Rule.place(route, step)));
    }

    /** In a Kamelet an address that begins with an expression is a vendor's. */
    private static boolean isCall(LoadedRoute route, Step step) {
        return step.to().isHttp()
                || route.is(LoadedRoute.Kind.KAMELET) && step.to().text().startsWith("${");
    }

    /** See docs/decisions/0011. */
    private static boolean dropsFirst(LoadedRoute route) {
        return route.is(LoadedRoute.Kind.KAMELET)
                && !route.steps().isEmpty()
                && route.steps().get(0).kind().equals("removeHeaders")
                && route.steps().get(0).is("pattern", "*");
    }

    private static boolean unbounded(String millis) {
        if (!millis.matches("-?\\d+")) {
            return false;
        }
        long value = Long.parseLong(millis);
        return value <= 0 || value > LONGEST_MILLIS;
    }
}

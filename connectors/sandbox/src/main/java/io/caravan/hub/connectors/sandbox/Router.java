package io.caravan.hub.connectors.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A vendor's paths. Patterns name their variable parts: {@code /v3/application/shops/{shop}/listings}. */
public final class Router {

    private final List<Entry> entries = new ArrayList<>();
    private Function<Call, Answer> unknown = call -> Answer.json(404, Map.of("error", "Not Found"));
    private UnaryOperator<Function<Call, Answer>> around = UnaryOperator.identity();

    private record Entry(String method, Pattern pattern, List<String> names, Function<Call, Answer> handler) {}

    /** Adds a path; the first that matches answers. */
    public Router on(String method, String pattern, Function<Call, Answer> handler) {
        List<String> names = new ArrayList<>();
        Matcher variable = Pattern.compile("\\{([a-zA-Z]+)}").matcher(pattern);
        StringBuilder regex = new StringBuilder();
        int end = 0;
        while (variable.find()) {
            names.add(variable.group(1));
            regex.append(Pattern.quote(pattern.substring(end, variable.start())))
                    .append("([^/]+?)");
            end = variable.end();
        }
        regex.append(Pattern.quote(pattern.substring(end)));
        entries.add(new Entry(method, Pattern.compile(regex.toString()), names, handler));
        return this;
    }

    /** What the vendor answers on a path that it does not have. */
    public Router otherwise(Function<Call, Answer> handler) {
        unknown = handler;
        return this;
    }

    /** What stands before every path: authentication, rate limits. Wraps the matched handler. */
    public Router before(UnaryOperator<Function<Call, Answer>> guard) {
        around = guard;
        return this;
    }

    Answer answer(Call call) {
        for (Entry entry : entries) {
            Matcher match = entry.pattern.matcher(call.path());
            if (entry.method.equals(call.method()) && match.matches()) {
                Map<String, String> params = new LinkedHashMap<>();
                for (int i = 0; i < entry.names.size(); i++) {
                    params.put(entry.names.get(i), URLDecoder.decode(match.group(i + 1), StandardCharsets.UTF_8));
                }
                return around.apply(entry.handler).apply(call.with(params));
            }
        }
        return around.apply(unknown).apply(call);
    }
}

package io.caravan.hub.connectors.shopify.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one operation: variables with their types, fields with alias, arguments and directives, inline fragments. That is
 * all that clients of this sandbox send; what it cannot read is a syntax error, as at the vendor.
 */
final class GraphqlText {

    /** Stands for the value of a variable. */
    record Variable(String name) {}

    /** @param variables name to type as written, {@code [PublicationInput!]!} */
    record Operation(String kind, String name, Map<String, String> variables, List<Selection> fields) {}

    private static final Pattern TOKEN = Pattern.compile(
            "\"((?:[^\"\\\\]|\\\\.)*)\"|\\.\\.\\.|[_A-Za-z][_0-9A-Za-z]*|-?[0-9]+(?:\\.[0-9]+)?|[{}()\\[\\]:!$@=]");

    private final List<String> tokens = new ArrayList<>();
    private int at;

    private GraphqlText(String text) {
        Matcher matcher = TOKEN.matcher(text.replaceAll("(?m)#[^\n]*", ""));
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
    }

    static Operation parse(String text) {
        return new GraphqlText(text).operation();
    }

    private Operation operation() {
        String kind = peek().equals("{") ? "query" : take();
        if (!kind.equals("query") && !kind.equals("mutation")) {
            throw syntax();
        }
        String name = peek().matches("[{(]") ? "" : take();
        Map<String, String> variables = new LinkedHashMap<>();
        if (peek().equals("(")) {
            expect("(");
            while (!peek().equals(")")) {
                expect("$");
                String variable = take();
                expect(":");
                variables.put(variable, type());
            }
            expect(")");
        }
        List<Selection> fields = fields();
        if (at != tokens.size()) {
            throw syntax();
        }
        return new Operation(kind, name, variables, fields);
    }

    private String type() {
        StringBuilder type = new StringBuilder();
        if (peek().equals("[")) {
            type.append(take()).append(type()).append(take());
        } else {
            type.append(take());
        }
        if (peek().equals("!")) {
            type.append(take());
        }
        return type.toString();
    }

    private List<Selection> fields() {
        expect("{");
        List<Selection> fields = new ArrayList<>();
        while (!peek().equals("}")) {
            fields.add(peek().equals("...") ? fragment() : field());
        }
        expect("}");
        return fields;
    }

    private Selection fragment() {
        expect("...");
        expect("on");
        String type = take();
        return new Selection("", "", type, Map.of(), directives(), fields());
    }

    private Selection field() {
        String alias = take();
        String name = alias;
        if (peek().equals(":")) {
            expect(":");
            name = take();
        }
        Map<String, Object> arguments = arguments();
        Map<String, Map<String, Object>> directives = directives();
        return new Selection(alias, name, "", arguments, directives, peek().equals("{") ? fields() : List.of());
    }

    private Map<String, Map<String, Object>> directives() {
        Map<String, Map<String, Object>> directives = new LinkedHashMap<>();
        while (peek().equals("@")) {
            expect("@");
            directives.put(take(), arguments());
        }
        return directives;
    }

    private Map<String, Object> arguments() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        if (peek().equals("(")) {
            expect("(");
            while (!peek().equals(")")) {
                String name = take();
                expect(":");
                arguments.put(name, value());
            }
            expect(")");
        }
        return arguments;
    }

    private Object value() {
        String token = take();
        if (token.equals("$")) {
            return new Variable(take());
        }
        if (token.equals("[")) {
            List<Object> list = new ArrayList<>();
            while (!peek().equals("]")) {
                list.add(value());
            }
            expect("]");
            return list;
        }
        if (token.startsWith("\"")) {
            return token.substring(1, token.length() - 1);
        }
        return switch (token) {
            case "true" -> true;
            case "false" -> false;
            default -> token.matches("-?[0-9]+") ? (Object) Long.valueOf(token) : token;
        };
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private String take() {
        if (at >= tokens.size()) {
            throw syntax();
        }
        return tokens.get(at++);
    }

    private void expect(String token) {
        if (!take().equals(token)) {
            throw syntax();
        }
    }

    private Refusal syntax() {
        return new Refusal("BAD_REQUEST", "syntax error, unexpected " + (at < tokens.size() ? peek() : "end of file"));
    }
}

package io.caravan.hub.connectors.shopify;

import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.introspection.IntrospectionResultToSchema;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.WiringFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The vendor's schema as a judge: executes a request on the reply's own data. A document that is no valid query, variables
 * that do not fit, a value of the wrong type, a null where none may be, all come out as errors.
 */
final class ShopifySchema {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FILE =
            Path.of(System.getProperty("shared.contracts", "none"), "shopify/graphql-admin-2026-10.filtered.json");

    private static final Map<String, Predicate<String>> SCALARS = new HashMap<>();

    static {
        SCALARS.put("Money", text -> text.matches("-?[0-9]+([.][0-9]{1,6})?"));
        SCALARS.put("Decimal", text -> text.matches("-?[0-9]+([.][0-9]{1,6})?"));
        SCALARS.put("URL", text -> text.matches("https?://\\S+"));
        SCALARS.put("DateTime", text -> text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z"));
        SCALARS.put("UnsignedInt64", text -> text.matches("[0-9]+"));
    }

    private static @Nullable ShopifySchema loaded;

    private final GraphQL engine;

    private ShopifySchema(GraphQLSchema schema) {
        this.engine = GraphQL.newGraphQL(schema).build();
    }

    static boolean present() {
        return Files.exists(FILE);
    }

    static synchronized ShopifySchema load() throws IOException {
        ShopifySchema schema = loaded;
        if (schema == null) {
            schema = new ShopifySchema(build());
            loaded = schema;
        }
        return schema;
    }

    /** What is wrong with a request, and with the data that was answered; empty when nothing is. */
    List<String> violations(String query, Map<String, Object> variables, Map<String, Object> data) {
        List<String> found = new ArrayList<>();
        var result = engine.execute(ExecutionInput.newExecutionInput(query)
                .variables(variables)
                .root(data)
                .build());
        result.getErrors().forEach(error -> found.add(error.getMessage()));
        if (found.isEmpty() && !Objects.equals(result.getData(), data)) {
            found.add("the answer has other fields than were selected: " + data + " for " + result.getData());
        }
        return found;
    }

    private static GraphQLSchema build() throws IOException {
        Map<String, Object> schema =
                ShopifyJson.map(ShopifyJson.map(ShopifyJson.map(JSON.readValue(FILE.toFile(), Map.class))
                                .get("data"))
                        .get("__schema"));
        List<Map<String, Object>> types = new ArrayList<>();
        ShopifyJson.list(schema.get("types")).forEach(type -> types.add(ShopifyJson.map(type)));
        while (prune(types)) {}
        schema.put("types", types);
        schema.put("directives", List.of());
        TypeDefinitionRegistry registry = new SchemaParser()
                .buildRegistry(new IntrospectionResultToSchema().createSchemaDefinition(Map.of("__schema", schema)));
        String cut = new String(
                Objects.requireNonNull(ShopifySchema.class.getResourceAsStream("/shopify/cut.graphqls"))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        registry.merge(new SchemaParser().parse(cut));
        return new SchemaGenerator()
                .makeExecutableSchema(
                        registry,
                        RuntimeWiring.newRuntimeWiring()
                                .wiringFactory(new Replay())
                                .build());
    }

    /** Takes out types without fields and what refers to types that are not there; whether there was any. */
    private static boolean prune(List<Map<String, Object>> types) {
        boolean pruned = types.removeIf(type -> "UNION".equals(type.get("kind"))
                ? ShopifyJson.list(type.get("possibleTypes")).isEmpty()
                : List.of("OBJECT", "INTERFACE").contains(ShopifyJson.text(type, "kind"))
                        && ShopifyJson.list(type.get("fields")).isEmpty());
        List<String> names =
                types.stream().map(type -> ShopifyJson.text(type, "name")).toList();
        for (Map<String, Object> type : types) {
            for (String list : List.of("fields", "inputFields", "interfaces", "possibleTypes")) {
                if (type.get(list) instanceof List<?> all) {
                    List<Object> kept = new ArrayList<>(all);
                    pruned |= kept.removeIf(one -> !names.contains(base(ShopifyJson.map(one))));
                    type.put(list, kept);
                    kept.forEach(one -> {
                        if (ShopifyJson.map(one).get("args") instanceof List<?> args) {
                            List<Object> left = new ArrayList<>(args);
                            left.removeIf(arg -> !names.contains(base(ShopifyJson.map(arg))));
                            ShopifyJson.map(one).put("args", left);
                        }
                    });
                }
            }
        }
        return pruned;
    }

    private static String base(Map<String, Object> named) {
        Map<String, Object> type = named.containsKey("type") ? ShopifyJson.map(named.get("type")) : named;
        while (type.get("ofType") != null) {
            type = ShopifyJson.map(type.get("ofType"));
        }
        return ShopifyJson.text(type, "name");
    }

    /** Every field is what the reply has under its alias. */
    private static final class Replay implements WiringFactory {
        @Override
        public boolean providesScalar(graphql.schema.idl.ScalarWiringEnvironment environment) {
            return !graphql.schema.idl.ScalarInfo.isGraphqlSpecifiedScalar(
                    environment.getScalarTypeDefinition().getName());
        }

        @Override
        public GraphQLScalarType getScalar(graphql.schema.idl.ScalarWiringEnvironment environment) {
            String name = environment.getScalarTypeDefinition().getName();
            return GraphQLScalarType.newScalar()
                    .name(name)
                    .coercing(new Text(SCALARS.getOrDefault(name, text -> true)))
                    .build();
        }

        @Override
        public boolean providesTypeResolver(graphql.schema.idl.InterfaceWiringEnvironment environment) {
            return true;
        }

        @Override
        public graphql.schema.TypeResolver getTypeResolver(graphql.schema.idl.InterfaceWiringEnvironment environment) {
            String name = environment.getInterfaceTypeDefinition().getName();
            String type = Map.of("Media", "MediaImage", "ProductOperation", "ProductSetOperation")
                    .getOrDefault(name, "Product");
            return resolve -> resolve.getSchema().getObjectType(type);
        }

        @Override
        public boolean providesTypeResolver(graphql.schema.idl.UnionWiringEnvironment environment) {
            return true;
        }

        @Override
        public graphql.schema.TypeResolver getTypeResolver(graphql.schema.idl.UnionWiringEnvironment environment) {
            return resolve -> resolve.getSchema().getObjectType("Product");
        }

        @Override
        public graphql.schema.DataFetcher<?> getDefaultDataFetcher(
                graphql.schema.idl.FieldWiringEnvironment environment) {
            return fetch -> fetch.getSource() instanceof Map<?, ?> map
                    ? map.get(fetch.getField().getResultKey())
                    : null;
        }
    }

    /** A scalar that is text on the wire. */
    private static final class Text implements Coercing<Object, Object> {
        private final Predicate<String> form;

        Text(Predicate<String> form) {
            this.form = form;
        }

        @Override
        public Object serialize(Object value, GraphQLContext context, Locale locale) {
            if (value instanceof String text && form.test(text)) {
                return text;
            }
            throw new CoercingSerializeException("not as it should be: " + value);
        }

        @Override
        public Object parseValue(Object value, GraphQLContext context, Locale locale) {
            if (value instanceof String text && form.test(text)) {
                return text;
            }
            throw new CoercingParseValueException("not as it should be: " + value);
        }

        @Override
        public Object parseLiteral(Value<?> value, CoercedVariables variables, GraphQLContext context, Locale locale) {
            if (value instanceof StringValue text) {
                return String.valueOf(text.getValue());
            }
            throw new CoercingParseLiteralException("not text: " + value);
        }
    }
}

package io.caravan.hub.connectors.printify.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A small catalogue: a tee in three colours and four sizes at two print providers, and a mug. */
final class Catalogue {

    private static final List<String> COLOURS = List.of("White", "Black", "Sport Grey");
    private static final List<String> SIZES = List.of("S", "M", "L", "XL");

    /** One buyable combination; {@code cost} in cents is what the producer asks, which the catalogue does not show. */
    record Variant(long id, String title, Map<String, String> options, int cost, int grams, int width, int height) {}

    private static final int FIRST_COLOUR = 521;
    private static final int FIRST_SIZE = 14;

    private record Line(long blueprint, long provider, List<Variant> variants) {}

    private final List<Line> lines =
            List.of(new Line(6, 29, tees(0)), new Line(6, 99, tees(40)), new Line(68, 9, mug()));

    private static List<Variant> tees(int dearer) {
        List<Variant> tees = new ArrayList<>();
        IntStream.range(0, COLOURS.size())
                .forEach(colour -> IntStream.range(0, SIZES.size()).forEach(size -> {
                    Map<String, String> options = Map.of("color", COLOURS.get(colour), "size", SIZES.get(size));
                    int cost = 912 + dearer + (size == 3 ? 120 : 0);
                    tees.add(new Variant(
                            12_100L + colour * 10L + size,
                            COLOURS.get(colour) + " / " + SIZES.get(size),
                            options,
                            cost,
                            180 + size * 20,
                            3951,
                            4800));
                }));
        return tees;
    }

    private static List<Variant> mug() {
        return List.of(new Variant(33_719, "11oz", Map.of("size", "11oz"), 516, 460, 2475, 1155));
    }

    /** Empty when the blueprint or the provider is none. */
    List<Variant> find(long blueprint, long provider) {
        return lines.stream()
                .filter(line -> line.blueprint() == blueprint && line.provider() == provider)
                .findFirst()
                .map(Line::variants)
                .orElse(List.of());
    }

    /** All options there are, as each product shows them, also those that none of its variants has. */
    ArrayNode options() {
        ArrayNode options = SandboxState.object().putArray("options");
        option(options, "Colors", "color", COLOURS, FIRST_COLOUR);
        option(options, "Sizes", "size", SIZES, FIRST_SIZE);
        return options;
    }

    /** Values of a variant by their ids; a value that no option lists has none. */
    List<Integer> ids(Variant variant) {
        List<Integer> ids = new ArrayList<>();
        int colour = COLOURS.indexOf(variant.options().getOrDefault("color", ""));
        int size = SIZES.indexOf(variant.options().getOrDefault("size", ""));
        if (colour >= 0) {
            ids.add(FIRST_COLOUR + colour);
        }
        if (size >= 0) {
            ids.add(FIRST_SIZE + size);
        }
        return ids;
    }

    private static void option(ArrayNode options, String name, String type, List<String> titles, int first) {
        ObjectNode option = options.addObject().put("name", name).put("type", type);
        ArrayNode values = option.putArray("values");
        for (int i = 0; i < titles.size(); i++) {
            values.addObject().put("id", first + i).put("title", titles.get(i));
        }
    }

    Answer blueprints(Call call) {
        return Answer.json(
                200,
                List.of(
                        blueprint(6, "Unisex Heavy Cotton Tee", "Gildan", "5000"),
                        blueprint(68, "Mug 11oz", "Generic brand", "")));
    }

    Answer providers(Call call) {
        return switch (call.param("b")) {
            case "6" ->
                Answer.json(
                        200,
                        List.of(
                                Map.of("id", 29, "title", "Monster Digital"),
                                Map.of("id", 99, "title", "Printify Choice")));
            case "68" -> Answer.json(200, List.of(Map.of("id", 9, "title", "WOYC")));
            default -> Envelopes.refusal(404, 404, "Not found.", "The blueprint does not exist");
        };
    }

    Answer variants(Call call) {
        if (!(call.param("b") + call.param("p")).matches("[0-9]{1,12}")) {
            return Envelopes.refusal(404, 404, "Not found.", "The blueprint does not exist");
        }
        List<Variant> variants = find(Long.parseLong(call.param("b")), Long.parseLong(call.param("p")));
        if (variants.isEmpty()) {
            return Envelopes.refusal(404, 404, "Not found.", "The print provider does not make this blueprint");
        }
        ObjectNode answer =
                SandboxState.object().put("id", Long.parseLong(call.param("p"))).put("title", "Provider");
        ArrayNode all = answer.putArray("variants");
        for (Variant variant : variants) {
            ObjectNode one = all.addObject().put("id", variant.id()).put("title", variant.title());
            ObjectNode options = one.putObject("options");
            variant.options().forEach(options::put);
            one.putArray("placeholders")
                    .addObject()
                    .put("position", "front")
                    .put("height", variant.height())
                    .put("width", variant.width());
        }
        return Answer.json(200, answer);
    }

    private static Map<String, Object> blueprint(int id, String title, String brand, String model) {
        return Map.of(
                "id", id, "title", title, "description", title, "brand", brand, "model", model, "images", List.of());
    }
}

package io.caravan.hub.connectors.aliexpress.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The products of our own, each described in a few lines and unfolded into SKUs. */
final class Catalogue {

    private final Map<String, Item> items = new LinkedHashMap<>();

    /** @param number of the product within the catalogue, in its pictures' and its SKUs' numbers */
    record Item(int number, JsonNode told) {

        String id() {
            return told.path("id").asText();
        }

        boolean is(String quirk) {
            return told.path("is").asText().contains(quirk);
        }

        /** Every combination of its values, first axis slowest. */
        List<Piece> pieces() {
            List<List<Choice>> all = new ArrayList<>(List.of(List.<Choice>of()));
            for (JsonNode axis : told.path("axes")) {
                List<List<Choice>> longer = new ArrayList<>();
                for (List<Choice> begun : all) {
                    for (int i = 0; i < axis.path("values").size(); i++) {
                        List<Choice> more = new ArrayList<>(begun);
                        more.add(new Choice(axis, i));
                        longer.add(more);
                    }
                }
                all = longer;
            }
            List<Piece> pieces = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                pieces.add(new Piece(this, i, all.get(i)));
            }
            pieces.removeIf(piece -> told.path("without").asText().contains(piece.attr())
                    && !piece.attr().isEmpty());
            return pieces;
        }
    }

    /** One value of an axis. */
    record Choice(JsonNode axis, int index) {

        JsonNode value() {
            return axis.path("values").path(index);
        }

        String attr() {
            String own = value().path("label").asText("");
            return axis.path("id").asText() + ":" + value().path("id").asText() + (own.isEmpty() ? "" : "#" + own);
        }
    }

    /** One SKU. */
    record Piece(Item item, int index, List<Choice> choices) {

        String skuId() {
            return String.valueOf(12_000_047_000_000_001L + item.number() * 1_000_000L + index * 2L);
        }

        String attr() {
            return String.join(";", choices.stream().map(Choice::attr).toList());
        }

        long cents() {
            return item.told().path("cents").asLong()
                    + choices.stream()
                            .mapToLong(choice -> choice.value().path("more").asLong(choice.index() * 10L))
                            .sum();
        }

        long stock() {
            return item.is("sold-out") && index % 2 == 1 ? 0 : 3 + (item.number() * 37L + index * 13L) % 900;
        }
    }

    Catalogue() {
        try (InputStream in = Catalogue.class.getResourceAsStream("/aliexpress/sandbox-catalogue.json")) {
            JsonNode all = new ObjectMapper().readTree(in);
            for (JsonNode one : all) {
                items.put(one.path("id").asText(), new Item(items.size() + 1, one));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox's catalogue cannot be read", e);
        }
    }

    Optional<Item> item(String id) {
        return Optional.ofNullable(items.get(id));
    }

    /** Those on sale that have every word in their title or tags. */
    List<Item> search(String words) {
        return items.values().stream()
                .filter(item -> !item.is("removed"))
                .filter(item -> {
                    String text = (item.told().path("title").asText() + " "
                                    + item.told().path("tags").asText())
                            .toLowerCase(Locale.ROOT);
                    return List.of(words.toLowerCase(Locale.ROOT).trim().split("\\s+")).stream()
                            .allMatch(text::contains);
                })
                .toList();
    }
}

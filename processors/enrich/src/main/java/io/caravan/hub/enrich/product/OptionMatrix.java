package io.caravan.hub.enrich.product;

import io.caravan.hub.enrich.text.Fold;
import io.caravan.hub.model.product.Option;
import io.caravan.hub.model.supplier.Axis;
import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.SupplierVariant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A supplier's axes as the options of a shop: at most three (the third of many joins the rest), names and labels clean and
 * unique, values in the supplier's order, none that no variant has. Time grows with the number of variants.
 */
final class OptionMatrix {

    /** What Shopify takes. */
    static final int MAX_OPTIONS = 3;

    private static final int LONGEST_LABEL = 240;
    private static final int LONGEST_NAME = 90;

    private final OptionNames words;
    private final List<Loss> losses;
    private final List<Option> options = new ArrayList<>();
    private final Map<String, Map<String, String>> labels = new HashMap<>();
    private final Map<String, int[]> places = new HashMap<>();

    private OptionMatrix(OptionNames words, List<Loss> losses) {
        this.words = words;
        this.losses = losses;
    }

    static OptionMatrix of(List<Axis> axes, List<SupplierVariant> variants, OptionNames words, List<Loss> losses) {
        OptionMatrix matrix = new OptionMatrix(words, losses);
        variants.forEach(variant -> matrix.labels.put(variant.externalId(), new LinkedHashMap<>()));
        List<List<Axis>> groups = matrix.groups(matrix.shown(axes, variants));
        variants.forEach(variant -> matrix.places.put(variant.externalId(), new int[groups.size()]));
        Set<String> names = new HashSet<>();
        for (int i = 0; i < groups.size(); i++) {
            matrix.add(i, groups.get(i), variants, names);
        }
        return matrix;
    }

    List<Option> options() {
        return options;
    }

    /** Option name to label, in the order of the options. */
    Map<String, String> labels(SupplierVariant variant) {
        return Objects.requireNonNull(labels.get(variant.externalId()));
    }

    /** Where the variant stands in the matrix: the same whatever order the supplier tells variants in. */
    int[] place(SupplierVariant variant) {
        return Objects.requireNonNull(places.get(variant.externalId()));
    }

    private List<Axis> shown(List<Axis> axes, List<SupplierVariant> variants) {
        List<Axis> shown = new ArrayList<>();
        for (Axis axis : axes) {
            Set<String> used = variants.stream()
                    .map(variant -> Objects.requireNonNull(variant.options().get(axis.id())))
                    .collect(Collectors.toSet());
            if (used.size() == 1 && words.hidden(axis.name())) {
                losses.add(Loss.dropped("axes." + cut(axis.id()), "every variant has the same"));
                continue;
            }
            List<Axis.Value> values = axis.values().stream()
                    .filter(value -> used.contains(value.id()))
                    .toList();
            if (values.size() < axis.values().size()) {
                losses.add(Loss.dropped(
                        "axes." + cut(axis.id()),
                        (axis.values().size() - values.size()) + " values that no variant has"));
            }
            shown.add(new Axis(axis.id(), axis.name(), values));
        }
        return shown;
    }

    private List<List<Axis>> groups(List<Axis> axes) {
        List<List<Axis>> groups = new ArrayList<>();
        boolean join = axes.size() > MAX_OPTIONS;
        int single = join ? MAX_OPTIONS - 1 : axes.size();
        axes.subList(0, single).forEach(axis -> groups.add(List.of(axis)));
        if (join) {
            List<Axis> rest = axes.subList(single, axes.size());
            groups.add(rest);
            losses.add(
                    Loss.changed("axes", rest.size() + " axes are one option: shops take " + MAX_OPTIONS + " options"));
        }
        return groups;
    }

    private void add(int at, List<Axis> group, List<SupplierVariant> variants, Set<String> names) {
        List<Map<String, Integer>> positions =
                group.stream().map(OptionMatrix::positions).toList();
        TreeMap<int[], String> values = new TreeMap<>(Arrays::compare);
        for (SupplierVariant variant : variants) {
            values.putIfAbsent(place(variant, group, positions), "");
        }
        Set<String> taken = new HashSet<>();
        Map<String, Integer> suffixes = new HashMap<>();
        values.replaceAll((place, none) -> unique(label(group, place), LONGEST_LABEL, taken, suffixes));
        String name = unique(name(group), LONGEST_NAME, names, new HashMap<>());
        options.add(new Option(name, List.copyOf(values.values())));
        Map<String, Integer> order = new HashMap<>();
        values.values().forEach(label -> order.put(label, order.size()));
        for (SupplierVariant variant : variants) {
            String label = Objects.requireNonNull(values.get(place(variant, group, positions)));
            labels(variant).put(name, label);
            place(variant)[at] = Objects.requireNonNull(order.get(label));
        }
    }

    private static Map<String, Integer> positions(Axis axis) {
        Map<String, Integer> positions = new HashMap<>();
        axis.values().forEach(value -> positions.put(value.id(), positions.size()));
        return positions;
    }

    private static int[] place(SupplierVariant variant, List<Axis> group, List<Map<String, Integer>> positions) {
        int[] place = new int[group.size()];
        for (int i = 0; i < place.length; i++) {
            place[i] = Objects.requireNonNull(
                    positions.get(i).get(variant.options().get(group.get(i).id())));
        }
        return place;
    }

    private String label(List<Axis> group, int[] place) {
        StringBuilder label = new StringBuilder();
        for (int i = 0; i < place.length; i++) {
            Axis.Value value = group.get(i).values().get(place[i]);
            String text = ProductText.plain(value.label());
            if (text.isEmpty()) {
                text = ProductText.plain(value.id());
            }
            if (!text.equals(value.label())) {
                losses.add(
                        Loss.changed("axes." + cut(group.get(i).id()) + ".label", "\"" + value.label() + "\" cleaned"));
            }
            label.append(i == 0 ? "" : " / ").append(text.isEmpty() ? "Value " + (place[i] + 1) : text);
        }
        return label.toString();
    }

    private String name(List<Axis> group) {
        return group.stream().map(axis -> words.of(axis.name())).collect(Collectors.joining(" / "));
    }

    /** Shops take labels that differ in case alone for the same. */
    private static String unique(String text, int max, Set<String> taken, Map<String, Integer> suffixes) {
        String base = ProductText.cut(text, max);
        String unique = base;
        while (!taken.add(Fold.text(unique))) {
            unique = base + " (" + suffixes.merge(Fold.text(base), 2, (had, two) -> had + 1) + ")";
        }
        return unique;
    }

    private static String cut(String id) {
        return ProductText.cut(id, 60);
    }
}

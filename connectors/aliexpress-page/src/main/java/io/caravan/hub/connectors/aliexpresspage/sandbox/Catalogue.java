package io.caravan.hub.connectors.aliexpresspage.sandbox;

import io.caravan.hub.connectors.aliexpresspage.sandbox.Thing.Choice;
import io.caravan.hub.connectors.aliexpresspage.sandbox.Thing.Form;
import io.caravan.hub.connectors.aliexpresspage.sandbox.Thing.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the sandbox sells: one thing for each kind of page, and a shelf of lamps to search. */
final class Catalogue {

    private static final long FIRST_LAMP = 1_005_007_000_001_000L;
    private static final int LAMPS = 65;

    private static final Choice SHIPS_FROM = new Choice(
            200_007_763L,
            "Ships From",
            List.of(new Named(201_336_100L, "CHINA", "", "CN"), new Named(201_336_106L, "United States", "", "US")));
    private static final Choice COLOUR = new Choice(
            14,
            "Color",
            List.of(
                    new Named(193, "Black", "Matt black", ""),
                    new Named(173, "Blue", "", ""),
                    new Named(10, "Red", "Brick red; {deep}", "")));
    private static final Choice SIZE = new Choice(
            5,
            "Size",
            List.of(
                    new Named(100_014_064L, "S", "", ""),
                    new Named(361_386L, "M", "", ""),
                    new Named(361_385L, "L", "", ""),
                    new Named(100_014_065L, "XL", "", "")));

    private final List<Thing> things = new ArrayList<>();

    Catalogue() {
        add("1005007000000101", "Enamel Camping Jacket", 1_599, Form.COMPONENT, COLOUR, SHIPS_FROM, SIZE);
        add("1005007000000102", "Wool Socks", 399, Form.MODULE, COLOUR);
        add("1005007000000103", "Brass Whistle", 250, Form.COMPONENT);
        add(
                "1005007000000104",
                "Pocket Drone",
                9_646,
                Form.DATAHUB,
                COLOUR,
                new Choice(
                        200_009_209L,
                        "Bundle",
                        List.of(new Named(1, "Bundle 1", "", ""), new Named(2, "Bundle 2", "", ""))));
        add("1005007000000105", "Desk Fan", 2_100, Form.MODULE, SIZE, SHIPS_FROM);
        add("1005007000000106", "A thing that is gone", 100, Form.SORRY);
        add("1005007000000107", "A thing behind the wall", 100, Form.PUNISH);
        add("1005007000000108", "A thing of a newer page", 100, Form.SHELL);
        add("1005007000000109", "A thing that shows another", 100, Form.OTHER);
        for (int i = 0; i < LAMPS; i++) {
            add(String.valueOf(FIRST_LAMP + i), "Bedside Lamp No. " + i, 1_000 + i, Form.COMPONENT);
        }
    }

    Optional<Thing> find(String id) {
        return things.stream().filter(thing -> thing.id().equals(id)).findFirst();
    }

    /** Those whose title has all the words. */
    List<Thing> search(String words) {
        return things.stream()
                .filter(thing -> Stream.of(words.toLowerCase(Locale.ROOT).split("-"))
                        .allMatch(word -> thing.title().toLowerCase(Locale.ROOT).contains(word)))
                .toList();
    }

    private void add(String id, String title, long cents, Form form, Choice... choices) {
        things.add(new Thing(id, title, List.of(choices), cents, form));
    }
}

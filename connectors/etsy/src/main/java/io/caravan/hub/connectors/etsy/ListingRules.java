package io.caravan.hub.connectors.etsy;

import io.caravan.hub.model.connection.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Etsy's rules of a listing, checked before the first call, so that a refusal names the field. Source: Open API v3
 * document, operations createDraftListing and updateListing, read 2026-11-20.
 */
final class ListingRules {

    private static final Set<String> WHO = Set.of("i_did", "someone_else", "collective");

    /** The first span rolls every January; last year's is refused. */
    private static final Set<String> WHEN = Set.of(
            "made_to_order",
            "2020_2026",
            "2010_2019",
            "2007_2009",
            "before_2007",
            "2000_2006",
            "1990s",
            "1980s",
            "1970s",
            "1960s",
            "1950s",
            "1940s",
            "1930s",
            "1920s",
            "1910s",
            "1900s",
            "1800s",
            "1700s",
            "before_1700");

    private static final Pattern NOT_IN_TITLE = Pattern.compile("[^\\p{L}\\p{Nd}\\p{P}\\p{Sm}\\p{Zs}™©®]");
    private static final Pattern NOT_IN_TAG = Pattern.compile("[^\\p{L}\\p{Nd}\\p{Zs}\\-'™©®]");

    private ListingRules() {}

    /**
     * @throws IllegalArgumentException naming the field
     */
    static void content(ListingRequest request) {
        require(!request.title().isBlank() && request.title().length() <= 140, "title must have 1 to 140 characters");
        require(!NOT_IN_TITLE.matcher(request.title()).find(), "title has a character that Etsy refuses");
        for (char once : "%:&+".toCharArray()) {
            require(
                    request.title().indexOf(once) == request.title().lastIndexOf(once),
                    "title may hold " + once + " only once");
        }
        require(!request.description().isBlank(), "description must not be empty");
        require(request.tags().size() <= 13, "tags must be at most 13");
        for (String tag : request.tags()) {
            require(!tag.isBlank() && tag.length() <= 20, "tags must have 1 to 20 characters each");
            require(!NOT_IN_TAG.matcher(tag).find(), "tags has a character that Etsy refuses: " + tag);
        }
    }

    /** who_made, checked. Defaults to {@code i_did}: the seller's design, made by a production partner. */
    static String whoMade(Connection connection) {
        String who = connection.settingOr("whoMade", "i_did");
        require(WHO.contains(who), "setting whoMade must be one of " + WHO);
        return who;
    }

    /** when_made, checked. Defaults to {@code made_to_order}, which print on demand is and which never goes out of date. */
    static String whenMade(Connection connection) {
        String when = connection.settingOr("whenMade", "made_to_order");
        require(WHEN.contains(when), "setting whenMade must be one of this year's values, not " + when);
        return when;
    }

    /**
     * Etsy wants the production partner named where one makes the goods; a seller who has none says {@code none}.
     *
     * @throws IllegalArgumentException when nobody said anything
     */
    static List<String> partners(Connection connection) {
        String setting = connection.settingOr("productionPartnerIds", "").trim();
        if (setting.equals("none")) {
            return List.of();
        }
        List<String> ids = Arrays.stream(setting.split(","))
                .map(String::trim)
                .filter(id -> !id.isEmpty())
                .toList();
        require(
                !ids.isEmpty(),
                "setting productionPartnerIds must name who makes the goods (Etsy's numbers), or say none");
        ids.forEach(id -> number("setting productionPartnerIds", id));
        return ids;
    }

    /** A positive whole number, as Etsy's ids are: safe in a path and a form. */
    static String number(String what, String value) {
        require(value.matches("[1-9][0-9]{0,18}"), what + " must be a positive number");
        return value;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

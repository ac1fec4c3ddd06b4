package io.caravan.hub.connectors.etsy.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.etsy.sandbox.Refusals.Refused;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Etsy's rules for the fields of a listing form, writing what is good into the listing. */
final class FormCheck {

    private static final Set<String> WHO = Set.of("i_did", "someone_else", "collective");
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
    private static final Pattern TITLE = Pattern.compile("[^\\p{L}\\p{Nd}\\p{P}\\p{Sm}\\p{Zs}\u2122\u00a9\u00ae]");
    private static final Pattern TAG = Pattern.compile("[^\\p{L}\\p{Nd}\\p{Zs}\\-'\u2122\u00a9\u00ae]");

    private final Map<String, List<String>> form;
    private final ObjectNode listing;

    FormCheck(Map<String, List<String>> form, ObjectNode listing) {
        this.form = form;
        this.listing = listing;
    }

    boolean has(String name) {
        return form.containsKey(name);
    }

    String value(String name) {
        return form.getOrDefault(name, List.of("")).get(0);
    }

    FormCheck required(String... names) {
        for (String name : names) {
            if (!has(name) || value(name).isEmpty()) {
                throw new Refused(Refusals.error(400, "Missing required parameter: " + name));
            }
        }
        return this;
    }

    /** Copies and checks every field that is there. */
    void apply() {
        if (has("title")) {
            String title = value("title");
            if (title.isEmpty() || title.codePointCount(0, title.length()) > 140) {
                throw new Refused(Refusals.invalid("/title", "too_long", "must have 1 to 140 characters"));
            }
            if (TITLE.matcher(title).find()) {
                throw new Refused(Refusals.invalid("/title/1", "invalid_characters", "contains invalid characters"));
            }
            for (String once : List.of("%", ":", "&", "+")) {
                if (title.indexOf(once) != title.lastIndexOf(once)) {
                    throw new Refused(Refusals.error(400, "You can only use " + once + " once in a title"));
                }
            }
            listing.put("title", title);
        }
        if (has("description")) {
            if (value("description").isBlank()) {
                throw new Refused(Refusals.error(400, "Description cannot be empty"));
            }
            listing.put("description", value("description"));
        }
        if (has("tags")) {
            tags();
        }
        choice("who_made", WHO);
        choice("when_made", WHEN);
        if ((has("who_made") || has("when_made")) && !(has("who_made") && has("when_made") && has("is_supply"))) {
            throw new Refused(Refusals.error(400, "who_made, when_made and is_supply must be given together"));
        }
        if (has("is_supply")) {
            listing.put("is_supply", bool("is_supply"));
        }
        for (String id : List.of("taxonomy_id", "shipping_profile_id", "readiness_state_id", "return_policy_id")) {
            if (has(id)) {
                listing.put(id, whole(id, 1, Long.MAX_VALUE));
            }
        }
        if (has("quantity")) {
            listing.put("quantity", whole("quantity", 1, 999));
        }
        if (has("price")) {
            listing.put("price_cents", cents());
        }
        ids("production_partner_ids");
        ids("image_ids");
    }

    private void tags() {
        String[] tags = value("tags").split(",");
        if (tags.length > 13) {
            throw new Refused(Refusals.invalid("/tags", "array_too_long", "cannot be more than 13 items"));
        }
        ArrayNode kept = listing.putArray("tags");
        for (int i = 0; i < tags.length; i++) {
            if (tags[i].isBlank() || tags[i].length() > 20) {
                throw new Refused(Refusals.invalid("/tags/" + i, "string_too_long", "must have 1 to 20 characters"));
            }
            if (TAG.matcher(tags[i]).find()) {
                throw new Refused(Refusals.invalid("/tags/" + i, "invalid_characters", "contains invalid characters"));
            }
            kept.add(tags[i].trim());
        }
    }

    private void choice(String name, Set<String> values) {
        if (has(name)) {
            if (!values.contains(value(name))) {
                throw new Refused(Refusals.error(400, "Invalid enum value for " + name + ": " + value(name)));
            }
            listing.put(name, value(name));
        }
    }

    private void ids(String name) {
        if (!has(name)) {
            return;
        }
        if (value(name).isEmpty()) {
            throw new Refused(Refusals.invalid(
                    "/" + name.replace("_ids", "s"), "array_too_short", "cannot be less than 1 items"));
        }
        ArrayNode kept = listing.putArray(name);
        for (String id : value(name).split(",")) {
            if (!id.matches("[1-9][0-9]{0,17}")) {
                throw new Refused(Refusals.error(400, "Expected int values for '" + name + "'"));
            }
            kept.add(Long.parseLong(id));
        }
    }

    private long whole(String name, long min, long max) {
        if (!value(name).matches("[0-9]{1,18}")) {
            throw new Refused(Refusals.error(400, "Expected int value for '" + name + "' (got string)"));
        }
        long number = Long.parseLong(value(name));
        if (number < min || number > max) {
            throw new Refused(Refusals.error(400, name + " must be between " + min + " and " + max));
        }
        return number;
    }

    private boolean bool(String name) {
        if (!value(name).matches("true|false")) {
            throw new Refused(Refusals.error(400, "Expected bool value for '" + name + "'"));
        }
        return Boolean.parseBoolean(value(name));
    }

    private long cents() {
        if (!value("price").matches("[0-9]{1,7}(\\.[0-9]{1,2})?")) {
            throw new Refused(Refusals.error(400, "Expected float value for 'price'"));
        }
        long cents = new BigDecimal(value("price")).movePointRight(2).longValueExact();
        if (cents < 20) {
            throw new Refused(Refusals.error(400, "The price must be at least USD 0.20"));
        }
        return cents;
    }
}

package io.caravan.hub.model.supplier;

import io.caravan.hub.model.Checks;

/**
 * What a mapper left out or changed, so that a person can see what the canonical form does not carry.
 *
 * @param field path in the supplier's own reply ({@code ae_item_base_info_dto.mobile_detail}), {@code []} for any element
 * @param what {@code dropped}: not carried; {@code changed}: carried in another form; {@code refused}: unusable as sent
 * @param why in words, with the value where it is short
 */
public record Loss(String field, String what, String why) {

    public static Loss dropped(String field, String why) {
        return new Loss(field, "dropped", why);
    }

    public static Loss changed(String field, String why) {
        return new Loss(field, "changed", why);
    }

    public static Loss refused(String field, String why) {
        return new Loss(field, "refused", why);
    }

    public Loss {
        Checks.text("field", field, 200);
        if (why.length() > 300) {
            why = why.substring(0, 299) + "…";
        }
    }
}

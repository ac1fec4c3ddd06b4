package io.caravan.hub.enrich.listing;

import io.caravan.hub.enrich.Fault;
import io.caravan.hub.enrich.text.Fold;
import io.caravan.hub.enrich.text.Terms;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.listing.Offer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Everything that a marketplace or the law would refuse, found before the first call and all at once. */
public final class CompliancePreflight {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final ListingRules rules;
    private final List<Fault> faults = new ArrayList<>();

    private CompliancePreflight(ListingRules rules) {
        this.rules = rules;
    }

    /** Empty when the offer may go out. */
    public static List<Fault> check(Offer offer, ListingSettings settings, ListingRules rules) {
        return check(ListingDraft.of(offer), settings, rules);
    }

    /** Empty when the draft may go out, in the order title, tags, description, words, price, picture, settings. */
    public static List<Fault> check(ListingDraft draft, ListingSettings settings, ListingRules rules) {
        CompliancePreflight preflight = new CompliancePreflight(rules);
        preflight.title(draft.title());
        preflight.tags(draft.tags());
        preflight.description(draft.description());
        preflight.words(draft);
        preflight.price(draft.price());
        preflight.fault(
                !SHA256.matcher(draft.imageSha256()).matches(),
                "image",
                "is missing",
                "approve a picture for this listing");
        preflight.settings(settings);
        return List.copyOf(preflight.faults);
    }

    private void title(String title) {
        fault(title.isBlank(), "title", "is empty", "write a title");
        fault(
                title.length() > ListingTitle.MAX,
                "title",
                "has " + title.length() + " characters",
                "write at most " + ListingTitle.MAX);
        illegal("title", title, ListingText.ILLEGAL_IN_TITLE, "use letters, digits and punctuation");
        for (char sign : ListingText.ONCE_IN_TITLE.toCharArray()) {
            fault(
                    title.indexOf(sign) != title.lastIndexOf(sign),
                    "title",
                    "holds " + sign + " more than once",
                    "use each of % : & + once at most");
        }
        long capitals = Pattern.compile(",?\\s+")
                .splitAsStream(title)
                .filter(ListingTitle::isCapitals)
                .count();
        fault(capitals > 1, "title", "has " + capitals + " words in capitals", "write at most one word in capitals");
    }

    private void tags(List<String> tags) {
        fault(
                tags.size() > ListingTags.MAX_TAGS,
                "tags",
                "has " + tags.size() + " entries",
                "keep at most " + ListingTags.MAX_TAGS);
        fault(tags.isEmpty(), "tags", "is empty", "add tags, buyers search by them");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < tags.size(); i++) {
            String field = "tags[" + i + "]";
            String tag = tags.get(i);
            fault(tag.isBlank(), field, "is empty", "leave it out");
            fault(
                    tag.length() > ListingTags.MAX_LENGTH,
                    field,
                    "has " + tag.length() + " characters",
                    "write at most " + ListingTags.MAX_LENGTH);
            illegal(field, tag, ListingText.ILLEGAL_IN_TAG, "use letters, digits, spaces, hyphens and apostrophes");
            fault(!seen.add(Fold.key(tag)), field, "repeats another tag", "keep one of them");
        }
    }

    private void description(String description) {
        fault(description.isBlank(), "description", "is empty", "write a description");
        fault(
                description.length() > ListingDescription.MAX,
                "description",
                "has " + description.length() + " characters",
                "write at most " + ListingDescription.MAX);
        fault(
                rules.disclosureRequired() && !Fold.text(description).contains(Fold.text(rules.aiDisclosure())),
                "description",
                "does not say that AI helped to make the design",
                "add: " + rules.aiDisclosure());
    }

    private void words(ListingDraft draft) {
        Terms trademarks = Terms.of(rules.words().trademarks());
        Terms banned = Terms.of(rules.words().banned());
        words("title", draft.title(), trademarks, banned);
        words("description", draft.description(), trademarks, banned);
        for (int i = 0; i < draft.tags().size(); i++) {
            words("tags[" + i + "]", draft.tags().get(i), trademarks, banned);
        }
    }

    private void words(String field, String text, Terms trademarks, Terms banned) {
        trademarks
                .find(text)
                .forEach(word -> fault(
                        true,
                        field,
                        "names the trademark \"" + word + "\"",
                        "describe it without names that belong to others"));
        banned.find(text)
                .forEach(word -> fault(
                        true, field, "holds the banned word \"" + word + "\"", "leave the word and its subject out"));
    }

    private void price(@Nullable Money price) {
        fault(price == null, "price", "is missing", "set a price");
        fault(price != null && price.minor() <= 0, "price", "is not more than 0", "set a price above 0");
    }

    private void settings(ListingSettings settings) {
        oneOf("who_made", settings.whoMade(), rules.whoMade());
        oneOf("when_made", settings.whenMade(), rules.whenMade());
        fault(
                settings.supply() && !rules.supplyAllowed(),
                "is_supply",
                "says that this is a craft supply",
                "set is_supply to false: a printed product is finished");
        fault(
                settings.whoMade().equals("someone_else") && !settings.supply(),
                "who_made",
                "says that somebody else made a finished new product, which may not be sold as handmade",
                "set who_made to i_did and name the production partner");
        fault(
                rules.partnerRequired()
                        && settings.productionPartners().stream().allMatch(String::isBlank),
                "production_partner",
                "is not set",
                "add the production partner in the shop's settings and its id to the connection");
        present(
                "shipping_profile",
                settings.shippingProfile(),
                "choose a shipping profile in the connection's settings");
        present(
                "readiness_state",
                settings.readinessState(),
                "choose a processing profile in the connection's settings");
        present("taxonomy", settings.taxonomy(), "choose a category in the connection's settings");
    }

    private void oneOf(String field, String value, List<String> allowed) {
        fault(
                !allowed.contains(value),
                field,
                value.isBlank() ? "is not set" : "is " + Fold.cut(value, 40),
                "set it to one of " + allowed + "; who_made, when_made and is_supply go together");
    }

    private void present(String field, String value, String hint) {
        fault(value.isBlank(), field, "is not set", hint);
    }

    private void illegal(String field, String text, Pattern illegal, String hint) {
        illegal.matcher(text)
                .results()
                .findFirst()
                .ifPresent(found -> fault(
                        true,
                        field,
                        "holds the character U+%04X".formatted(found.group().codePointAt(0)),
                        hint));
    }

    private void fault(boolean is, String field, String what, String hint) {
        if (is) {
            faults.add(new Fault(field, what, hint));
        }
    }
}

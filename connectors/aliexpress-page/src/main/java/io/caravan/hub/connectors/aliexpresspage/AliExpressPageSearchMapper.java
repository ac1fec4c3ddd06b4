package io.caravan.hub.connectors.aliexpresspage;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.SupplierHit;
import io.caravan.hub.model.supplier.SupplierPage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Search pages. The site has 60 cards on a page whatever is asked, so a smaller page is a part of one: the next page is
 * told as {@code <page of the site>.<first card>}.
 */
public final class AliExpressPageSearchMapper {

    private static final int CARDS = 60;
    private static final int LAST_PAGE = 60;
    private static final Pattern SOLD = Pattern.compile("([0-9][0-9.,]*)\\s*(k)?\\+?", Pattern.CASE_INSENSITIVE);

    /** Shape: in, {@code {q, page, size, ship_to, currency, language}}. */
    public PageCall request(@Body @Nullable Object body) {
        Asked asked = Asked.of(body);
        return asked.page("/w/wholesale-" + asked.words() + ".html", "page=" + place(asked)[0] + "&");
    }

    public SupplierPage page(@Variable("aliexpressPageAsked") @Nullable Object question, @Body byte[] bytes) {
        Asked asked = Asked.of(question);
        String text = new String(bytes, StandardCharsets.UTF_8);
        Optional<JsonNode> data = PageData.search(text);
        if (data.isEmpty()) {
            if (PageData.shell(text)) {
                throw AliExpressPageErrors.noData("the search page is a shell, its data is loaded by a script");
            }
            throw AliExpressPageErrors.unreadable("something else than a search page of AliExpress");
        }
        JsonNode fields = data.get().path("root").path("fields");
        JsonNode cards = fields.path("mods").path("itemList").path("content");
        int[] place = place(asked);
        Map<String, SupplierHit> hits = new LinkedHashMap<>();
        List<Loss> losses = new ArrayList<>();
        for (int i = place[1]; i < Math.min(cards.size(), place[1] + asked.size()); i++) {
            hit(cards.get(i), i, losses).ifPresent(hit -> hits.putIfAbsent(hit.externalId(), hit));
        }
        JsonNode total = fields.path("pageInfo").path("totalResults");
        return new SupplierPage(
                new ArrayList<>(hits.values()),
                total.canConvertToLong() ? (Long) total.asLong() : null,
                next(place, asked.size(), cards.size()),
                losses);
    }

    private static @Nullable String next(int[] place, int size, int cards) {
        int first = place[1] + size;
        if (first < cards) {
            return place[0] + "." + first;
        }
        return cards >= CARDS && place[0] < LAST_PAGE ? (place[0] + 1) + ".0" : null;
    }

    /** Page of the site and its first card. */
    private static int[] place(Asked asked) {
        String[] parts =
                asked.matching("page", "1.0", "[1-9][0-9]?\\.[0-9]{1,2}").split("\\.");
        return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
    }

    private static Optional<SupplierHit> hit(JsonNode card, int index, List<Loss> losses) {
        String id = card.path("productId").asText();
        JsonNode sale = card.path("prices").path("salePrice");
        JsonNode amount = sale.path("minPrice");
        Money from = Item.money(Item.text(amount), sale.path("currencyCode").asText());
        String title = card.path("title").path("displayTitle").asText();
        if (!id.matches("[0-9]{8,20}") || from == null || title.isBlank()) {
            losses.add(Loss.refused(
                    "itemList.content[" + index + "]",
                    "a card of type " + card.path("itemType").asText("none") + " without id, title or price"));
            return Optional.empty();
        }
        JsonNode rating = card.path("evaluation").path("starRating");
        return Optional.of(new SupplierHit(
                AliExpressPageErrors.VENDOR,
                id,
                URI.create("https://www.aliexpress.com/item/" + id + ".html"),
                title.length() > 1_000 ? title.substring(0, 1_000) : title,
                Pictures.full(card.path("image").path("imgUrl").asText()),
                from,
                from,
                sold(card.path("trade").path("tradeDesc").asText()),
                rating.isNumber() ? (Double) rating.asDouble() : null));
    }

    /** "5,000+ sold", "4000+ sold", "1.2k sold": pieces, rounded down; null when it says none. */
    static @Nullable Long sold(String text) {
        Matcher number = SOLD.matcher(text.strip());
        if (!number.lookingAt()) {
            return null;
        }
        String digits = number.group(1);
        if (number.group(2) != null) {
            String[] parts = digits.replace(',', '.').split("\\.");
            String tenth = parts.length > 1 && !parts[1].isEmpty() ? parts[1].substring(0, 1) : "0";
            return Long.parseLong(parts[0]) * 1_000 + Long.parseLong(tenth) * 100;
        }
        String plain = digits.replaceAll("[.,]", "");
        return plain.length() > 12 ? null : (Long) Long.parseLong(plain);
    }
}

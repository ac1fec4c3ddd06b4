package io.caravan.hub.connectors.aliexpress;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.SupplierHit;
import io.caravan.hub.model.supplier.SupplierPage;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** {@code aliexpress.ds.text.search} and its answer. */
public final class AliExpressSearchMapper {

    static final String METHOD = "aliexpress.ds.text.search";
    private static final int LARGEST_PAGE = 50;

    /**
     * Shape: in, {@code {q, page, size, ship_to, currency, language}}; a size above the vendor's 50 becomes 50.
     *
     * @throws IllegalArgumentException naming the field that is none
     */
    public AliExpressCall request(@Body @Nullable Object body) {
        Asked asked = Asked.of(body);
        String words = asked.text("q");
        if (words.isEmpty() || words.length() > 200) {
            throw new IllegalArgumentException("q must have 1 to 200 characters");
        }
        return AliExpressCall.business(
                METHOD,
                Map.of(
                        "keyWord", words,
                        "local", asked.locale(),
                        "countryCode", asked.shipTo(),
                        "currency", asked.currency(),
                        "pageIndex", String.valueOf(page(asked)),
                        "pageSize", String.valueOf(size(asked))));
    }

    /**
     * Shape: in, the parsed reply, whose product list is absent when nothing was found. Rows that cannot be read are
     * losses of the page.
     */
    public SupplierPage page(@Body @Nullable Object reply, @Variable("aliexpressAsked") Object body) {
        Asked asked = Asked.of(body);
        Map<?, ?> root = AliExpressReply.root(reply, METHOD);
        String code = AliExpressReply.text(root, "code");
        if (!code.matches("0+|200")) {
            throw AliExpressReply.failure(
                    code.isEmpty() || code.matches("5[0-9]{2}") ? ErrorKind.TRANSIENT : ErrorKind.REJECTED,
                    code.isEmpty() ? "unreadable" : code,
                    "gave no search result: " + AliExpressReply.text(root, "msg"));
        }
        Map<?, ?> data = AliExpressReply.map(root.get("data"));
        List<?> rows = AliExpressReply.list(data.get("products"));
        List<SupplierHit> hits = new ArrayList<>();
        List<Loss> losses = new ArrayList<>();
        for (Object row : rows) {
            hit(AliExpressReply.map(row), asked, losses).ifPresent(hits::add);
        }
        Long total = AliExpressReply.number(data, "totalCount");
        long reached = (long) page(asked) * size(asked);
        boolean more = !rows.isEmpty() && (total == null ? rows.size() >= size(asked) : reached < total);
        return new SupplierPage(hits, total, more ? String.valueOf(page(asked) + 1) : null, losses);
    }

    private static Optional<SupplierHit> hit(Map<?, ?> row, Asked asked, List<Loss> losses) {
        String id = AliExpressReply.text(row, "itemId");
        String title = AliExpressReply.text(row, "title");
        String currency = AliExpressReply.text(row, "targetOriginalPriceCurrency");
        // the plain salePrice is in the supplier's own currency
        Optional<Money> price = AliExpressReply.money(
                AliExpressReply.text(row, "targetSalePrice"), currency.isEmpty() ? asked.currency() : currency);
        if (!id.matches("[0-9]{8,20}") || title.isEmpty() || price.isEmpty()) {
            losses.add(Loss.refused(
                    "data.products.selection_search_product[]",
                    "without a usable id, title or price: itemId '" + id + "', targetSalePrice '"
                            + AliExpressReply.text(row, "targetSalePrice") + "'"));
            return Optional.empty();
        }
        String image = AliExpressReply.address(AliExpressReply.text(row, "itemMainPic"));
        return Optional.of(new SupplierHit(
                "aliexpress",
                id,
                URI.create("https://www.aliexpress.com/item/" + id + ".html"),
                title.length() > 1_000 ? title.substring(0, 1_000) : title,
                image.isEmpty() ? null : image,
                price.get(),
                price.get(),
                sold(AliExpressReply.text(row, "orders")),
                rating(AliExpressReply.text(row, "score"))));
    }

    /** {@code 5,000+} is 5000: at least so many. */
    private static @Nullable Long sold(String orders) {
        String digits = orders.replaceAll("[,+\\s]", "");
        return digits.matches("[0-9]{1,12}") ? Long.valueOf(digits) : null;
    }

    private static @Nullable Double rating(String score) {
        return score.matches("[0-5]([.][0-9]+)?") ? Double.valueOf(Math.min(5, Double.parseDouble(score))) : null;
    }

    private static int page(Asked asked) {
        return Integer.parseInt(asked.matching("page", "1", "[1-9][0-9]{0,5}"));
    }

    private static int size(Asked asked) {
        return Math.min(LARGEST_PAGE, Integer.parseInt(asked.matching("size", "20", "[1-9][0-9]{0,5}")));
    }
}

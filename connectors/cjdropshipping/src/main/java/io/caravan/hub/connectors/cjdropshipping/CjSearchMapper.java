package io.caravan.hub.connectors.cjdropshipping;

import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.SupplierHit;
import io.caravan.hub.model.supplier.SupplierPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;

/**
 * A page of a search. {@code listV2} nests its rows in {@code content[].productList[]} and calls them {@code id, nameEn};
 * the older {@code list} has {@code list[]} with {@code pid, productNameEn}. A row that is listed may be gone already.
 */
public final class CjSearchMapper {

    private static final long LAST_PAGE = 1_000;

    /** Shape: in, the parsed envelope; out, the page, whose next is the number of the following one. */
    public SupplierPage page(@Body Object reply) {
        if (!(CjJson.map(reply).get("data") instanceof Map<?, ?> data)) {
            throw CjJson.unreadable("without a page of products");
        }
        List<SupplierHit> hits = new ArrayList<>();
        List<Loss> losses = new ArrayList<>();
        List<?> rows = rows(data);
        for (Object row : rows) {
            hit(CjJson.map(row), losses).ifPresent(hits::add);
        }
        return new SupplierPage(hits, number(data, "totalRecords", "total"), next(data, rows.size()), losses);
    }

    private static List<?> rows(Map<?, ?> data) {
        List<Object> rows = new ArrayList<>(CjJson.list(data.get("list")));
        for (Object group : CjJson.list(data.get("content"))) {
            rows.addAll(CjJson.list(CjJson.map(group).get("productList")));
        }
        return rows;
    }

    private static Optional<SupplierHit> hit(Map<?, ?> row, List<Loss> losses) {
        String id = first(row, "id", "pid");
        List<String> names = CjJson.texts(first(row, "nameEn", "productNameEn", "productName"));
        Optional<CjRange> price = CjRange.of(row.get("sellPrice")).or(() -> CjRange.of(row.get("nowPrice")));
        if (id.isEmpty() || id.length() > 100 || names.isEmpty() || price.isEmpty()) {
            losses.add(Loss.refused(
                    "content[].productList[]",
                    "lacks an id, a name or a price: id '" + id + "', price '" + CjJson.text(row, "sellPrice") + "'"));
            return Optional.empty();
        }
        String title = names.get(0).length() > 1_000 ? names.get(0).substring(0, 1_000) : names.get(0);
        return Optional.of(new SupplierHit(
                "cjdropshipping",
                id,
                CjAddress.of(id, title),
                title,
                CjJson.texts(first(row, "bigImage", "productImage")).stream()
                        .findFirst()
                        .map(CjAddress::picture)
                        .orElse(null),
                price.get().lowest(),
                price.get().highest(),
                null,
                null));
    }

    /** Null on the last page, and where a page came back empty whatever the total says. */
    private static @Nullable String next(Map<?, ?> data, int rows) {
        Long page = number(data, "pageNumber", "pageNum");
        Long size = number(data, "pageSize");
        Long total = number(data, "totalRecords", "total");
        Long pages = number(data, "totalPages");
        if (page == null || page >= LAST_PAGE || rows == 0) {
            return null;
        }
        boolean more =
                pages != null ? page < pages : size != null && (total == null ? rows >= size : page * size < total);
        return more ? String.valueOf(page + 1) : null;
    }

    private static String first(Map<?, ?> row, String... fields) {
        for (String field : fields) {
            if (CjJson.present(row.get(field))) {
                return CjJson.text(row, field);
            }
        }
        return "";
    }

    private static @Nullable Long number(Map<?, ?> data, String... fields) {
        String text = first(data, fields);
        return text.matches("[0-9]{1,12}") ? Long.valueOf(text) : null;
    }
}

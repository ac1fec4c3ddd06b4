package io.caravan.hub.connectors.suppliercsv;

import io.caravan.hub.model.Money;
import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.SupplierHit;
import io.caravan.hub.model.supplier.SupplierPage;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goes once through all files for products whose title has all words; rows that cannot be read are losses of the page. */
final class CsvSearch {

    private static final int MOST_LOSSES = 100;

    private final List<String> words;
    private final Map<String, Found> found = new LinkedHashMap<>();
    private final List<Loss> losses = new ArrayList<>();

    /** What is known of a product so far; title of its first row. */
    private static final class Found {
        private final CsvFolder.Name name;
        private final String title;
        private final URI page;
        private @Nullable String image;
        private @Nullable Money from;
        private @Nullable Money to;

        Found(CsvFolder.Name name, CsvRow row) {
            this.name = name;
            this.title = CsvMapper.title(row);
            this.page = CsvMapper.page(name, List.of(row));
        }

        void add(CsvRow row) {
            Money cost = row.price("cost");
            Money low = from;
            Money high = to;
            if (low != null && !low.currency().equals(cost.currency())) {
                throw row.fault("currency", "differs from that of another row of the product");
            }
            from = low == null || cost.minor() < low.minor() ? cost : low;
            to = high == null || cost.minor() > high.minor() ? cost : high;
            if (image == null) {
                image = row.addresses("image_urls").stream()
                        .findFirst()
                        .or(() -> row.address("variant_image"))
                        .orElse(null);
            }
        }

        Optional<SupplierHit> hit() {
            return from == null || to == null
                    ? Optional.empty()
                    : Optional.of(new SupplierHit(
                            CsvFault.VENDOR, name.toString(), page, title, image, from, to, null, null));
        }
    }

    CsvSearch(String question) {
        this.words = List.of(question.toLowerCase(Locale.ROOT).strip().split("\\s+"));
    }

    void through(List<Path> files) {
        for (Path file : files) {
            Map<String, Boolean> matches = new LinkedHashMap<>();
            try {
                CsvFolder.checkName(file);
                CsvTable.read(file, CsvMapper.NEEDED, row -> take(file, row, matches));
            } catch (CsvFault fault) {
                lose(fault);
            }
        }
    }

    private void take(Path file, CsvRow row, Map<String, Boolean> matches) {
        try {
            CsvFolder.Name name = CsvFolder.name(file, row);
            if (!matches.containsKey(name.id())) {
                boolean match = matches(CsvMapper.title(row));
                matches.put(name.id(), match);
                if (match) {
                    found.put(name.toString(), new Found(name, row));
                }
            }
            Found product = found.get(name.toString());
            if (product != null) {
                product.add(row);
            }
        } catch (CsvFault fault) {
            lose(fault);
        }
    }

    /** @param from how many hits to pass over */
    SupplierPage page(int from, int size) {
        List<SupplierHit> hits =
                found.values().stream().flatMap(one -> one.hit().stream()).toList();
        int end = Math.min(hits.size(), from + size);
        return new SupplierPage(
                from < end ? hits.subList(from, end) : List.of(),
                (long) hits.size(),
                end < hits.size() ? String.valueOf(end) : null,
                losses);
    }

    private boolean matches(String title) {
        String lower = title.toLowerCase(Locale.ROOT);
        return words.stream().allMatch(lower::contains);
    }

    private void lose(CsvFault fault) {
        if (losses.size() < MOST_LOSSES) {
            losses.add(Loss.refused(fault.place(), fault.what()));
        }
    }
}

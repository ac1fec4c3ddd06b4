package io.caravan.hub.connectors.suppliercsv;

import io.caravan.hub.model.Money;
import io.caravan.hub.model.supplier.ShippingOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What sending costs, by a file of its own: {@code ship_to} is a country or {@code *} for those that no row names; rows
 * with a {@code product_id} stand in place of those without for that product.
 */
final class CsvFreight {

    private static final Set<String> NEEDED = Set.of("ship_to", "service", "cost", "currency");
    private static final String REST = "*";

    private CsvFreight() {}

    /** Shape: out, one option for each row that holds, none when no row does: it is not sent there. */
    static List<ShippingOption> options(Path file, String id, String country, long quantity) {
        List<CsvRow> rows = new ArrayList<>();
        CsvTable.read(file, NEEDED, row -> {
            String product = row.text("product_id", 100);
            if (product.isEmpty() || product.equals(id)) {
                rows.add(row);
            }
        });
        List<CsvRow> own =
                rows.stream().filter(row -> !row.text("product_id").isEmpty()).toList();
        List<CsvRow> valid = own.isEmpty() ? rows : own;
        List<CsvRow> there = to(valid, country);
        return (there.isEmpty() ? to(valid, REST) : there)
                .stream().map(row -> option(row, quantity)).toList();
    }

    private static List<CsvRow> to(List<CsvRow> rows, String country) {
        return rows.stream()
                .filter(row -> row.required("ship_to", 2).equals(country))
                .toList();
    }

    /** A further piece costs {@code cost_more} where the file says so, else as much as the first. */
    private static ShippingOption option(CsvRow row, long quantity) {
        row.required("cost", 20);
        Money first = amount(row, "cost");
        Money more = row.money("cost_more");
        long each = more == null ? first.minor() : more.minor();
        Money cost = new Money(Math.addExact(first.minor(), Math.multiplyExact(quantity - 1, each)), first.currency());
        Integer min = days(row, "min_days");
        Integer max = days(row, "max_days");
        if (min != null && max != null && max < min) {
            throw row.fault("max_days", "is less than min_days");
        }
        String from = row.text("ships_from");
        if (!from.matches("([A-Z]{2})?")) {
            throw row.fault("ships_from", "must be a country of two capital letters, is '" + from + "'");
        }
        return new ShippingOption(
                row.required("service", 200),
                cost,
                min,
                max,
                from,
                row.text("tracked").equalsIgnoreCase("yes"));
    }

    private static Money amount(CsvRow row, String column) {
        Money money = row.money(column);
        if (money == null) {
            throw row.fault(column, "must not be empty");
        }
        return money;
    }

    private static @Nullable Integer days(CsvRow row, String column) {
        Long days = row.count(column);
        if (days != null && days > 365) {
            throw row.fault(column, "must be at most 365");
        }
        return days == null ? null : days.intValue();
    }
}

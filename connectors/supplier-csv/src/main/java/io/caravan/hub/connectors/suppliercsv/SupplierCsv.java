package io.caravan.hub.connectors.suppliercsv;

import io.caravan.hub.model.Checks;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.supplier.ShippingOption;
import io.caravan.hub.model.supplier.SupplierPage;
import io.caravan.hub.model.supplier.SupplierProduct;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;

/** The folder of files as a supplier. Files are read anew each time, so that an edit counts from the next question on. */
public final class SupplierCsv {

    private static final int LARGEST_PAGE = 100;
    private static final int MOST_FAULTS = 20;

    private final Clock clock;
    private CsvFolder folder = new CsvFolder(Path.of(""));

    public SupplierCsv() {
        this(Clock.systemUTC());
    }

    SupplierCsv(Clock clock) {
        this.clock = clock;
    }

    /** Where the files of the configuration lie; those of suppliers are in its folder {@code suppliers}. */
    public void setDir(String dir) {
        this.folder = new CsvFolder(Path.of(dir));
    }

    /**
     * Shape: in, {@code {product_id}}.
     *
     * @throws VendorException GONE when the file has no such product, REJECTED when the file is not there or a row of the
     *     product cannot be read, naming line and column
     */
    public SupplierProduct product(@Body Map<?, ?> ask) {
        CsvFolder.Name name = CsvFolder.name(text(ask, "product_id"));
        return CsvMapper.product(name, rows(name), clock.instant());
    }

    /** Shape: in, {@code {q, page, size}}; a page is named by how many products come before it. */
    public SupplierPage search(@Body Map<?, ?> ask) {
        String page = text(ask, "page");
        String size = text(ask, "size");
        CsvSearch search = new CsvSearch(Checks.text("q", text(ask, "q"), 200));
        int from = page.isEmpty() ? 0 : (int) whole("page", page, 0, 10_000_000);
        int rows = size.isEmpty() ? 20 : (int) Math.min(LARGEST_PAGE, whole("size", size, 1, 10_000));
        search.through(folder.all());
        return search.page(from, rows);
    }

    /**
     * Shape: in, {@code {product_id, variant_id, quantity, ship_to}}.
     *
     * @throws VendorException REJECTED when the file has no file of freight beside it: an empty list would say that it is
     *     not sent there
     */
    public List<ShippingOption> freight(@Body Map<?, ?> ask) {
        SupplierProduct product = product(ask);
        CsvFolder.Name name = CsvFolder.name(product.externalId());
        String variant = text(ask, "variant_id");
        if (product.variants().stream().noneMatch(one -> one.externalId().equals(variant))) {
            throw gone("product " + name + " has no variant with that id");
        }
        String country = text(ask, "ship_to");
        if (!country.matches("[A-Z]{2}")) {
            throw new IllegalArgumentException("ship_to must be a country of two capital letters (ISO 3166-1)");
        }
        String quantity = text(ask, "quantity");
        return CsvFreight.options(
                folder.freight(name),
                name.id(),
                country,
                quantity.isEmpty() ? 1 : whole("quantity", quantity, 1, 100_000));
    }

    /**
     * Reads every product of every file. Shape: out, file to number of products.
     *
     * @throws VendorException REJECTED naming what is wrong, up to 20 places, or that there is no file
     */
    public Map<String, Object> check() {
        Map<String, Object> files = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        for (Path file : folder.all()) {
            try {
                CsvFolder.checkName(file);
                files.put(String.valueOf(file.getFileName()), products(file, faults));
            } catch (CsvFault fault) {
                faults.add(fault.place() + ": " + fault.what());
            }
        }
        if (files.isEmpty() && faults.isEmpty()) {
            faults.add("there is no CSV file in the folder " + folder);
        }
        if (!faults.isEmpty()) {
            String more = faults.size() > MOST_FAULTS ? " and " + (faults.size() - MOST_FAULTS) + " more" : "";
            throw new VendorException(
                    ErrorKind.REJECTED,
                    CsvFault.VENDOR,
                    "bad-file",
                    0,
                    String.join("; ", faults.subList(0, Math.min(faults.size(), MOST_FAULTS))) + more,
                    "");
        }
        return files;
    }

    private int products(Path file, List<String> faults) {
        Map<CsvFolder.Name, List<CsvRow>> products = new LinkedHashMap<>();
        CsvTable.read(file, CsvMapper.NEEDED, row -> {
            try {
                products.computeIfAbsent(CsvFolder.name(file, row), name -> new ArrayList<>())
                        .add(row);
            } catch (CsvFault fault) {
                faults.add(fault.place() + ": " + fault.what());
            }
        });
        products.forEach((name, rows) -> {
            try {
                CsvMapper.product(name, rows, clock.instant());
            } catch (CsvFault fault) {
                faults.add(fault.place() + ": " + fault.what());
            }
        });
        return products.size();
    }

    private List<CsvRow> rows(CsvFolder.Name name) {
        List<CsvRow> rows = new ArrayList<>();
        CsvTable.read(folder.products(name), CsvMapper.NEEDED, row -> {
            if (row.text("product_id").equals(name.id())) {
                rows.add(row);
            }
        });
        if (rows.isEmpty()) {
            throw gone("file " + name.file() + ".csv has no product " + name.id());
        }
        return rows;
    }

    private static VendorException gone(String message) {
        return new VendorException(ErrorKind.GONE, CsvFault.VENDOR, "not-in-file", 0, message, "");
    }

    private static String text(Map<?, ?> ask, String field) {
        Object value = ask.get(field);
        return value == null ? "" : value.toString();
    }

    private static long whole(String field, String text, long min, long max) {
        if (!text.matches("[0-9]{1,8}")) {
            throw new IllegalArgumentException(field + " must be a whole number");
        }
        return Checks.within(field, Long.parseLong(text), min, max);
    }
}

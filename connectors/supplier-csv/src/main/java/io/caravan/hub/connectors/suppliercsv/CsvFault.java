package io.caravan.hub.connectors.suppliercsv;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;

/** What is wrong in a file, with the place where a person finds it. Nothing gets better by asking again: REJECTED. */
final class CsvFault extends VendorException {

    static final String VENDOR = "supplier-csv";

    private static final long serialVersionUID = 1L;

    private final String place;
    private final String what;

    /** @param place {@code spocket.csv line 12, column cost} */
    CsvFault(String place, String what) {
        super(ErrorKind.REJECTED, VENDOR, "bad-file", 0, place + ": " + what, "");
        this.place = place;
        this.what = what;
    }

    String place() {
        return place;
    }

    String what() {
        return what;
    }
}

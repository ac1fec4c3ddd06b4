package io.caravan.hub.connectors.suppliercsv;

import io.caravan.hub.model.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One row of a file.
 *
 * @param file its name, for messages
 * @param line where it begins, from 1
 * @param values column, in lower case, to text without blanks around it; missing columns are missing
 */
record CsvRow(String file, long line, Map<String, String> values) {

    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,6})?");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s;|\"<>]{4,2000}");

    /** {@code ""} when the cell is empty or its column missing. */
    String text(String column) {
        return values.getOrDefault(column, "");
    }

    String text(String column, int max) {
        String text = text(column);
        if (text.length() > max) {
            throw fault(column, "has " + text.length() + " characters, may have " + max);
        }
        return text;
    }

    String required(String column, int max) {
        String text = text(column, max);
        if (text.isEmpty()) {
            throw fault(column, "must not be empty");
        }
        return text;
    }

    /** Decimal point, no sign, no separators of thousands, no currency sign; null when the cell is empty. */
    @Nullable
    BigDecimal number(String column) {
        String text = text(column);
        if (text.isEmpty()) {
            return null;
        }
        if (!AMOUNT.matcher(text).matches()) {
            throw fault(column, "must be a number like 12.50, is '" + shortened(text) + "'");
        }
        return new BigDecimal(text);
    }

    @Nullable
    Long whole(String column) {
        BigDecimal number = number(column);
        return number == null ? null : number.setScale(0, RoundingMode.HALF_UP).longValue();
    }

    /** Pieces; a part of a piece is a mistake. */
    @Nullable
    Long count(String column) {
        BigDecimal number = number(column);
        if (number != null && number.stripTrailingZeros().scale() > 0) {
            throw fault(column, "must be a whole number, is " + number);
        }
        return number == null ? null : number.longValue();
    }

    /** Null when the cell is empty. */
    @Nullable
    Money money(String column) {
        BigDecimal number = number(column);
        return number == null ? null : Money.of(number, currency());
    }

    Money price(String column) {
        required(column, 20);
        Money price = money(column);
        if (price == null || price.minor() == 0) {
            throw fault(column, "must be more than nothing");
        }
        return price;
    }

    Currency currency() {
        String code = required("currency", 3);
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw fault("currency", "must be three letters of ISO 4217 like USD, is '" + code + "'");
        }
    }

    /** Addresses with blanks or {@code |} between them: commas are part of some. */
    List<String> addresses(String column) {
        List<String> all = new ArrayList<>();
        for (String one : text(column).split("[|\\s]+")) {
            if (!one.isEmpty()) {
                all.add(address(column, one));
            }
        }
        return all;
    }

    Optional<String> address(String column) {
        String text = text(column);
        return text.isEmpty() ? Optional.empty() : Optional.of(address(column, text));
    }

    private String address(String column, String text) {
        if (!ADDRESS.matcher(text).matches()) {
            throw fault(column, "must be a whole address beginning with https://, is '" + shortened(text) + "'");
        }
        return text;
    }

    CsvFault fault(String column, String what) {
        return new CsvFault(file + " line " + line + ", column " + column, what);
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}

package io.caravan.hub.connectors.cjdropshipping;

import io.caravan.hub.model.Names;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.supplier.ShippingOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** {@code freightCalculate}: lines that can carry the parcel, with all that is to be paid. */
public final class CjFreightMapper {

    private static final Pattern DAYS = Pattern.compile("([0-9]{1,3})(?:\\s*[-~]\\s*([0-9]{1,3}))?(?:\\s*days?)?");

    /**
     * Shape: in, the parsed envelope; out, one option for each line that has a name and a price, none when CJ does not ship
     * there. The cost is CJ's total where it tells one, else carriage, taxes and clearance together.
     */
    public List<ShippingOption> options(@Body Object reply, @Variable(Names.CONNECTION) Connection connection) {
        String from = CjRequests.shipsFrom(connection);
        List<ShippingOption> options = new ArrayList<>();
        Object data = CjJson.map(reply).get("data");
        List<?> lines = CjJson.list(data);
        for (Object one : lines) {
            Map<?, ?> line = CjJson.map(one);
            String name = CjJson.text(line, "logisticName");
            Optional<CjRange> cost = cost(line);
            if (!name.isEmpty() && name.length() <= 200 && cost.isPresent()) {
                Matcher days = DAYS.matcher(CjJson.text(line, "logisticAging"));
                boolean told = days.matches();
                Integer min = told ? Integer.valueOf(days.group(1)) : null;
                Integer max = told && days.group(2) != null ? Integer.valueOf(days.group(2)) : min;
                options.add(new ShippingOption(name, cost.get().highest(), min, max, from, false));
            }
        }
        if (options.isEmpty() && data != null && !(data instanceof List && lines.isEmpty())) {
            throw CjJson.unreadable(
                    "with lines of freight that cannot be read, which does not mean that there are none");
        }
        return List.copyOf(options);
    }

    private static Optional<CjRange> cost(Map<?, ?> line) {
        Optional<CjRange> total = CjRange.of(line.get("totalPostageFee"));
        return total.isPresent()
                ? total
                : CjRange.of(line.get("logisticPrice"))
                        .map(price -> plus(plus(price, line.get("taxesFee")), line.get("clearanceOperationFee")));
    }

    private static CjRange plus(CjRange price, @org.jspecify.annotations.Nullable Object fee) {
        return CjRange.of(fee)
                .map(more ->
                        new CjRange(price.from().add(more.from()), price.to().add(more.to())))
                .orElse(price);
    }
}

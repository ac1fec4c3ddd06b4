package io.caravan.hub.connectors.aliexpresspage;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.connectors.aliexpresspage.Item.Property;
import io.caravan.hub.connectors.aliexpresspage.Item.Row;
import io.caravan.hub.connectors.aliexpresspage.Item.Value;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.supplier.Axis;
import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.SupplierProduct;
import io.caravan.hub.model.supplier.SupplierVariant;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** An item's page to a supplier product, whatever generation the page is of. */
public final class AliExpressPageProductMapper {

    /** The site for the United States gives the same item another number, this much higher. */
    private static final BigInteger US_OFFSET = BigInteger.ONE.shiftLeft(51);

    private static final int LONGEST = 200_000;

    /** Shape: in, {@code {product_id, ship_to, currency, language}}. */
    public PageCall request(@Body @Nullable Object body) {
        Asked asked = Asked.of(body);
        return asked.page("/item/" + asked.productId() + ".html", 0);
    }

    /**
     * @throws VendorException of kind REJECTED, code {@code no-data}, for a page whose data is loaded by a script; of kind
     *     TRANSIENT for what is no page of AliExpress
     */
    public SupplierProduct product(@Variable("aliexpressPageAsked") @Nullable Object question, @Body byte[] page) {
        Asked asked = Asked.of(question);
        Losses losses = new Losses();
        Item item = read(new String(page, StandardCharsets.UTF_8), losses);
        same(asked.productId(), item.id(), losses);
        item = Warehouses.without(item, asked.shipTo(), losses);
        if (item.rows().isEmpty()) {
            throw AliExpressPageErrors.noData("the page has no SKU that can be read: "
                    + losses.all().stream()
                            .filter(loss -> loss.what().equals("refused"))
                            .map(Loss::why)
                            .findFirst()
                            .orElse("it lists none"));
        }
        List<SupplierVariant> variants = variants(item, asked, losses);
        String description = item.descriptionHtml();
        if (description.length() > LONGEST) {
            losses.add(Loss.changed("item.description.html", "cut to " + LONGEST + " characters"));
            description = description.substring(0, LONGEST);
        }
        return new SupplierProduct(
                AliExpressPageErrors.VENDOR,
                asked.productId(),
                URI.create("https://www.aliexpress.com/item/" + asked.productId() + ".html"),
                item.title().length() > 1_000 ? item.title().substring(0, 1_000) : item.title(),
                item.available(),
                description,
                item.images(),
                axes(item, losses),
                variants,
                item.attributes(),
                losses.all(),
                Instant.now());
    }

    private static Item read(String page, Losses losses) {
        Optional<JsonNode> embedded = PageData.item(page);
        if (embedded.isPresent()) {
            return new RunParamsReader(embedded.get(), losses).item();
        }
        Optional<JsonNode> json = PageData.json(page);
        if (json.isPresent() && json.get().path("result").path("item").isObject()
                || json.isPresent() && json.get().path("result").path("status").isObject()) {
            return new DataHubReader(json.get().path("result"), losses).item();
        }
        if (json.isEmpty() && PageData.shell(page)) {
            throw AliExpressPageErrors.noData(
                    "the page is a shell without a product, its data is loaded by a script; use the API");
        }
        throw AliExpressPageErrors.unreadable("something else than a page of AliExpress");
    }

    /** A removed item's page may show another one; the two numbers of one item differ by a fixed amount. */
    private static void same(String asked, String got, Losses losses) {
        if (asked.equals(got)) {
            return;
        }
        boolean twin = got.matches("[0-9]{8,20}")
                && new BigInteger(asked).subtract(new BigInteger(got)).abs().equals(US_OFFSET);
        if (!twin) {
            throw new VendorException(
                    ErrorKind.GONE,
                    AliExpressPageErrors.VENDOR,
                    "other-product",
                    200,
                    "shows product " + got + " in place of " + asked,
                    "");
        }
        losses.add(Loss.changed("id", "the page names the item's number on another site, " + got));
    }

    /** Values that no SKU has are left out: a buyer could choose them and get nothing. */
    private static List<Axis> axes(Item item, Losses losses) {
        List<Axis> axes = new ArrayList<>();
        for (Property property : item.properties()) {
            List<Axis.Value> values = new ArrayList<>();
            for (Value value : property.values()) {
                boolean used = item.rows().stream()
                        .anyMatch(row -> value.id().equals(row.values().get(property.id())));
                if (used) {
                    values.add(new Axis.Value(value.id(), value.label(), value.image()));
                } else {
                    losses.add(Loss.dropped(
                            "skuProperty[" + property.id() + "][" + value.id() + "]",
                            "no SKU has the value " + value.label()));
                }
            }
            axes.add(new Axis(property.id(), property.name(), values));
        }
        return axes;
    }

    private static List<SupplierVariant> variants(Item item, Asked asked, Losses losses) {
        Map<Map<String, String>, SupplierVariant> variants = new LinkedHashMap<>();
        for (Row row : item.rows()) {
            String shown = row.cost().currency().getCurrencyCode();
            if (!shown.equals(asked.currency())) {
                losses.add(Loss.changed(
                        "currency", "asked for " + asked.currency() + ", the page shows prices in " + shown));
            }
            SupplierVariant before = variants.putIfAbsent(
                    row.values(),
                    new SupplierVariant(
                            row.id(),
                            row.orderKey(),
                            row.values(),
                            row.cost(),
                            row.listPrice(),
                            row.stock(),
                            picture(item, row),
                            item.weightGrams()));
            if (before != null) {
                losses.add(Loss.refused("sku[" + row.id() + "]", "has the options of " + before.externalId()));
            }
        }
        return List.copyOf(variants.values());
    }

    private static @Nullable String picture(Item item, Row row) {
        return item.properties().stream()
                .flatMap(property -> property.values().stream()
                        .filter(value -> value.id().equals(row.values().get(property.id()))))
                .map(Value::image)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}

package io.caravan.hub.connectors.aliexpress;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.SupplierProduct;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** {@code aliexpress.ds.product.get} and its answer. Nothing is translated, converted or judged here. */
public final class AliExpressProductMapper {

    static final String METHOD = "aliexpress.ds.product.get";
    private static final int LONGEST_DESCRIPTION = 200_000;
    private static final int LONGEST_TITLE = 1_000;
    private static final int LONGEST_ORDER_KEY = 500;

    private final Clock clock;

    public AliExpressProductMapper() {
        this(Clock.systemUTC());
    }

    AliExpressProductMapper(Clock clock) {
        this.clock = clock;
    }

    /**
     * Shape: in, {@code {product_id, ship_to, currency, language}}.
     *
     * @throws IllegalArgumentException naming the field that is none
     */
    public AliExpressCall request(@Body @Nullable Object body) {
        Asked asked = Asked.of(body);
        return AliExpressCall.business(
                METHOD,
                Map.of(
                        "product_id", asked.productId(),
                        "ship_to_country", asked.shipTo(),
                        "target_currency", asked.currency(),
                        "target_language", asked.language().toUpperCase(Locale.ROOT)));
    }

    /**
     * Shape: in, the parsed reply and what was asked; out, the product with every SKU that can be bought, prices in the
     * SKU's currency.
     *
     * @throws io.caravan.hub.model.VendorException GONE when there is no such product (any more), REJECTED when it is not
     *     sold to the country or none of its SKUs is usable, TRANSIENT when the reply lacks what each product has
     */
    public SupplierProduct product(@Body @Nullable Object reply, @Variable("aliexpressAsked") Object body) {
        Asked asked = Asked.of(body);
        Map<?, ?> result = result(AliExpressReply.root(reply, METHOD), asked);
        Map<?, ?> base = AliExpressReply.map(result.get("ae_item_base_info_dto"));
        String title = AliExpressReply.text(base, "subject");
        if (title.isEmpty()) {
            throw AliExpressReply.unreadable("a product without its title (ae_item_base_info_dto.subject)");
        }
        Losses losses = new Losses();
        String id = id(base, asked, losses);
        Variants variants = variants(result, losses);
        List<String> images = images(result, losses);
        String shown = cut(title, LONGEST_TITLE, "ae_item_base_info_dto.subject", losses);
        String description =
                cut(AliExpressReply.text(base, "detail"), LONGEST_DESCRIPTION, "ae_item_base_info_dto.detail", losses);
        losses.addUncarried(result);
        return new SupplierProduct(
                "aliexpress",
                id,
                URI.create("https://www.aliexpress.com/item/" + id + ".html"),
                shown,
                available(base),
                description,
                images,
                variants.axes(),
                variants.variants(),
                attributes(result),
                losses.all(),
                clock.instant());
    }

    private static Map<?, ?> result(Map<?, ?> root, Asked asked) {
        String code = AliExpressReply.text(root, "rsp_code");
        String said = AliExpressReply.text(root, "rsp_msg");
        Map<?, ?> result = AliExpressReply.map(root.get("result"));
        if (code.isEmpty() && result.isEmpty()) {
            throw AliExpressReply.unreadable("neither a product nor a reason");
        }
        if (!code.isEmpty() && !code.equals("200")) {
            String told = "(" + code + " " + said + ")";
            throw switch (code) {
                case "605" ->
                    AliExpressReply.failure(ErrorKind.GONE, "605", "has no product " + asked.productId() + " " + told);
                case "482" ->
                    AliExpressReply.failure(
                            ErrorKind.REJECTED,
                            "482",
                            "does not sell product " + asked.productId() + " to " + asked.shipTo() + " " + told);
                default ->
                    AliExpressReply.failure(
                            code.matches("5[0-9]{2}") ? ErrorKind.TRANSIENT : ErrorKind.REJECTED,
                            code,
                            "gave no product " + asked.productId() + " " + told);
            };
        }
        if (result.isEmpty()) {
            throw AliExpressReply.failure(ErrorKind.GONE, "empty", "has nothing for product " + asked.productId());
        }
        return result;
    }

    private static String id(Map<?, ?> base, Asked asked, Losses losses) {
        String told = AliExpressReply.text(base, "product_id");
        if (!told.matches("[0-9]{8,20}") || told.equals(asked.productId())) {
            return asked.productId();
        }
        losses.add(Loss.changed(
                "ae_item_base_info_dto.product_id",
                "asked for " + asked.productId() + ", which is " + told + " there"));
        return told;
    }

    private static boolean available(Map<?, ?> base) {
        String status = AliExpressReply.text(base, "product_status_type");
        return status.isEmpty() || status.equalsIgnoreCase("onSelling");
    }

    private static Variants variants(Map<?, ?> result, Losses losses) {
        List<Sku> skus = new ArrayList<>();
        for (Object one : AliExpressReply.list(result.get("ae_item_sku_info_dtos"))) {
            Sku.of(AliExpressReply.map(one), losses).ifPresent(skus::add);
        }
        skus.removeIf(sku -> {
            boolean tooLong = sku.attr().length() > LONGEST_ORDER_KEY;
            if (tooLong) {
                losses.add(Loss.refused(Sku.PATH + "[" + sku.id() + "].sku_attr", "too long for an order"));
            }
            return tooLong;
        });
        Variants variants = Variants.of(Warehouses.oneOfEach(skus, losses), grams(result, losses), losses);
        if (variants.variants().isEmpty()) {
            throw AliExpressReply.failure(
                    ErrorKind.REJECTED,
                    "no-usable-sku",
                    "sent no SKU that can be bought: "
                            + (losses.all().isEmpty()
                                    ? "there is none"
                                    : losses.all().get(0).why()));
        }
        relabelled(skus, losses);
        return variants;
    }

    /** One loss for all values whose standard word gave way to the seller's. */
    private static void relabelled(List<Sku> skus, Losses losses) {
        skus.stream()
                .flatMap(sku -> sku.properties().stream())
                .filter(property ->
                        !property.standard().isEmpty() && !property.standard().equals(property.label()))
                .findFirst()
                .ifPresent(property -> losses.add(Loss.changed(
                        Sku.PATH + "[].ae_sku_property_dtos.ae_sku_property_d_t_o[].sku_property_value",
                        "the seller's own label is shown instead, as in '" + property.label() + "' for '"
                                + property.standard() + "'")));
    }

    private static List<String> images(Map<?, ?> result, Losses losses) {
        List<String> images = new ArrayList<>();
        String all = AliExpressReply.text(AliExpressReply.map(result.get("ae_multimedia_info_dto")), "image_urls");
        for (String one : all.split(";")) {
            String url = AliExpressReply.address(one.trim());
            if (!url.isEmpty()) {
                images.add(url);
                if (one.trim().matches(".*\\s.*")) {
                    losses.add(Loss.changed("ae_multimedia_info_dto.image_urls", "blanks taken out: " + one));
                }
            } else if (!one.isBlank()) {
                losses.add(Loss.refused("ae_multimedia_info_dto.image_urls", "no address of a picture: " + one));
            }
        }
        return images;
    }

    /** Names that come more than once keep all their values. */
    private static Map<String, String> attributes(Map<?, ?> result) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Object one : AliExpressReply.list(result.get("ae_item_properties"))) {
            String name = AliExpressReply.text(AliExpressReply.map(one), "attr_name");
            String value = AliExpressReply.text(AliExpressReply.map(one), "attr_value");
            if (!name.isEmpty() && !value.isEmpty()) {
                attributes.merge(name, value, (before, more) -> before + ", " + more);
            }
        }
        return attributes;
    }

    /** Kilograms of the packed piece as text; one weight for all variants. */
    private static @Nullable Long grams(Map<?, ?> result, Losses losses) {
        String kilograms = AliExpressReply.text(AliExpressReply.map(result.get("package_info_dto")), "gross_weight");
        if (!kilograms.matches("[0-9]{1,5}([.][0-9]{1,6})?")) {
            if (!kilograms.isEmpty()) {
                losses.add(Loss.refused("package_info_dto.gross_weight", "no weight in kilograms: " + kilograms));
            }
            return null;
        }
        long grams = new BigDecimal(kilograms)
                .movePointRight(3)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        return grams == 0 ? null : Long.valueOf(grams);
    }

    private static String cut(String text, int most, String field, Losses losses) {
        if (text.length() <= most) {
            return text;
        }
        losses.add(Loss.changed(field, "cut to " + most + " of " + text.length() + " characters"));
        return text.substring(0, most);
    }
}

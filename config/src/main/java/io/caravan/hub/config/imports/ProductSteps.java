package io.caravan.hub.config.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.caravan.hub.enrich.price.ExchangeRates;
import io.caravan.hub.enrich.product.ImportPricer;
import io.caravan.hub.enrich.product.ImportPricing;
import io.caravan.hub.enrich.product.ImportRules;
import io.caravan.hub.enrich.product.ProductAssembler;
import io.caravan.hub.enrich.product.ProductNormaliser;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.product.ProductDraft;
import io.caravan.hub.model.supplier.SupplierProduct;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Bean {@code products}: the import's enrichment for routes that an engineer writes, JSON in and out. */
@Component("products")
public class ProductSteps {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private final ProductNormaliser normaliser;
    private final ImportPricing pricing;
    private final ExchangeRates rates;
    private final Clock clock;

    public ProductSteps(ImportRules rules, ImportPricing pricing, ExchangeRates rates, Clock clock) {
        this.normaliser = new ProductNormaliser(rules);
        this.pricing = pricing;
        this.rates = rates;
        this.clock = clock;
    }

    /**
     * Body in: a supplier's product as docs/own-route.md describes it. Body out: the normalised draft, for {@link #price};
     * what could not be kept is in the variable {@code losses}.
     *
     * @throws IllegalArgumentException naming the member that is missing or wrong
     */
    public ProductDraft normalise(
            @Variable(Names.ACCOUNT) AccountId account, @Body Map<String, Object> told, Exchange exchange) {
        ProductDraft draft = normaliser.normalise(account, product(told));
        exchange.setVariable("losses", draft.losses());
        return draft;
    }

    /**
     * Body in: a draft. Body out: the product in the form of {@code product.schema.json}, priced by
     * {@code import-pricing.yaml} in the variable {@code currency} (ISO 4217; USD without it), without pictures.
     */
    public Map<String, Object> price(@Body ProductDraft draft, @Variable("currency") @Nullable String currency) {
        Currency of = Currency.getInstance(Objects.requireNonNullElse(currency, "USD"));
        ImportPricer pricer = ImportPricer.of(pricing, rates, of, LocalDate.now(clock));
        return JSON.convertValue(
                ProductAssembler.product(draft, ProductAssembler.prices(draft, pricer), Map.of(), List.of()),
                new TypeReference<>() {});
    }

    private SupplierProduct product(Map<String, Object> told) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "available", true,
                "description_html", "",
                "images", List.of(),
                "axes", List.of(),
                "attributes", Map.of(),
                "losses", List.of(),
                "fetched_at", clock.instant().toString()));
        all.putAll(told);
        need(all, "", List.of("supplier", "external_id", "url", "title", "variants"));
        all.computeIfPresent("variants", (name, variants) -> variants(variants));
        try {
            return JSON.convertValue(all, SupplierProduct.class);
        } catch (IllegalArgumentException e) {
            throw e.getCause() instanceof JsonMappingException json
                    ? new IllegalArgumentException(at(json) + ": " + reason(json), e)
                    : e;
        }
    }

    private static Object variants(Object variants) {
        if (!(variants instanceof List<?> list)) {
            throw new IllegalArgumentException("variants must be a list");
        }
        List<Object> full = new ArrayList<>(list.size());
        for (Object one : list) {
            String at = "variants[" + full.size() + "]";
            if (!(one instanceof Map<?, ?> variant)) {
                throw new IllegalArgumentException(at + " must be an object");
            }
            need(variant, at + ".", List.of("external_id", "cost"));
            Map<Object, Object> all = new HashMap<>(Map.of("order_key", "", "options", Map.of()));
            all.putAll(variant);
            full.add(all);
        }
        return full;
    }

    private static void need(Map<?, ?> members, String at, List<String> names) {
        names.stream().filter(name -> members.get(name) == null).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException(at + name + " is missing");
        });
    }

    private static String at(JsonMappingException fault) {
        StringBuilder path = new StringBuilder();
        fault.getPath()
                .forEach(step -> path.append(
                        step.getFieldName() == null
                                ? "[" + step.getIndex() + "]"
                                : (path.isEmpty() ? "" : ".") + step.getFieldName()));
        return path.isEmpty() ? "product" : path.toString();
    }

    private static String reason(JsonMappingException fault) {
        Throwable cause = fault.getCause();
        return cause == null ? fault.getOriginalMessage() : String.valueOf(cause.getMessage());
    }
}

package io.caravan.hub.config.imports;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.caravan.hub.config.store.ImportSteps;
import io.caravan.hub.enrich.product.ProductAssembler;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.product.FetchedImage;
import io.caravan.hub.model.product.Product;
import io.caravan.hub.model.supplier.Loss;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Bean {@code importPictures}: the supplier's pictures on their way to being ours. */
@Component("importPictures")
public class ImportPictures {

    private record Key(String account, String url) {}

    private final ImportSteps steps;
    /** An item that is tried again need not fetch again what it had. */
    private final Cache<Key, FetchedImage> lately = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    public ImportPictures(ImportSteps steps) {
        this.steps = steps;
    }

    /**
     * Body out: the pictures that are still to be fetched, {@code {url}} each. Sets the variables {@code kept},
     * {@code pictures} (address to picture) and {@code refused}, which the steps of each picture add to.
     */
    public List<Map<String, Object>> wanted(
            @Variable(Names.ACCOUNT) AccountId account,
            @Variable("import") Map<String, Object> row,
            Exchange exchange) {
        ImportSteps.Kept kept = steps.kept(account, String.valueOf(row.get("id")));
        Map<String, FetchedImage> pictures = new LinkedHashMap<>();
        List<Map<String, Object>> missing = new ArrayList<>();
        for (String url : kept.draft().imageUrls()) {
            FetchedImage had = lately.getIfPresent(new Key(account.value(), url));
            if (had == null) {
                missing.add(Map.of("url", url));
            } else {
                pictures.put(url, had);
            }
        }
        exchange.setVariable("kept", kept);
        exchange.setVariable("pictures", pictures);
        exchange.setVariable("refused", new ArrayList<Loss>());
        return missing;
    }

    /** Body in: the picture that was fetched. */
    public void fetched(
            @Variable(Names.ACCOUNT) AccountId account,
            @Variable("picture") Map<String, Object> asked,
            @Variable("pictures") Map<String, FetchedImage> pictures,
            @Body FetchedImage image) {
        String url = String.valueOf(asked.get("url"));
        lately.put(new Key(account.value(), url), image);
        pictures.put(url, image);
    }

    /** A picture that nobody may or can use: the product goes without it. */
    public void refused(
            @Variable("picture") Map<String, Object> asked,
            @Variable("refused") List<Loss> refused,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) @Nullable VendorException failure) {
        String why = failure == null ? "" : failure.code() + ": " + failure.getMessage();
        refused.add(Loss.refused("images[]", asked.get("url") + " " + why));
    }

    /**
     * Body out: the product with its pictures. Sets the variable {@code losses} to those of the draft and the refused
     * pictures.
     *
     * @throws IllegalArgumentException when there were pictures and none of them can be used: nobody buys unseen
     */
    public Product illustrate(
            @Variable("import") Map<String, Object> row,
            @Variable("kept") ImportSteps.Kept kept,
            @Variable("pictures") Map<String, FetchedImage> pictures,
            @Variable("refused") List<Loss> refused,
            Exchange exchange) {
        if (pictures.isEmpty() && !refused.isEmpty()) {
            throw new IllegalArgumentException("images: none of " + refused.size() + " pictures can be used; first: "
                    + refused.get(0).why());
        }
        List<Loss> losses = new ArrayList<>(kept.draft().losses());
        losses.addAll(refused);
        exchange.setVariable("losses", losses);
        return ProductAssembler.product(kept.draft(), kept.prices(), pictures, Importing.tags(row));
    }
}

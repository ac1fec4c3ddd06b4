package io.caravan.hub.connectors.aliexpresspage;

import io.caravan.hub.connectors.aliexpresspage.sandbox.AliExpressPageSandbox;
import io.caravan.hub.connectors.egress.SupplierContract;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

class AliExpressPageSupplierTest extends SupplierContract {

    @Override
    protected String supplier() {
        return "aliexpress-page";
    }

    @Override
    protected VendorSandbox sandbox() {
        return new AliExpressPageSandbox();
    }

    @Override
    protected Map<String, String> secrets() {
        return Map.of();
    }

    @Override
    protected @Nullable Map<String, String> refusedSecrets() {
        return null;
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("enabled", "true");
    }

    @Override
    protected Map<String, Integer> products() {
        Map<String, Integer> products = new LinkedHashMap<>();
        products.put("1005007000000101", 12);
        products.put("1005007000000102", 3);
        products.put("1005007000000103", 1);
        products.put("1005007000000104", 6);
        products.put("1005007000000105", 4);
        products.put("1005007000001007", 1);
        return products;
    }

    @Override
    protected String unknownId() {
        return "1005009999999999";
    }

    @Override
    protected String removedId() {
        return "1005007000000106";
    }

    @Override
    protected Map.Entry<String, Integer> search() {
        return Map.entry("bedside lamp", 65);
    }

    @Override
    protected int pageSize() {
        return 20;
    }

    @Override
    protected Fault throttled() {
        return new Fault(
                "*", null, null, 0, null, Fault.Kind.ANSWER, 429, Map.of("Retry-After", "7"), "<h1>429</h1>", 0);
    }

    @Override
    protected Duration waitTold() {
        return Duration.ofSeconds(7);
    }

    @Override
    protected Map<String, String> productUrls() {
        return Map.of(
                "https://www.aliexpress.com/item/1005006361450153.html",
                "1005006361450153",
                "https://www.aliexpress.us/item/3256805267977425.html?gatewayAdapt=glo2usa",
                "3256805267977425",
                "http://es.aliexpress.com/item/1005006361450153.html#reviews",
                "1005006361450153",
                "https://www.aliexpress.com/i/1005006361450153.html",
                "1005006361450153");
    }

    @Override
    protected List<String> otherUrls() {
        return List.of(
                "https://www.aliexpress.com/store/1102471236",
                "https://www.aliexpress.com/item/abc.html",
                "https://www.aliexpress.ru/item/1005006361450153.html",
                "https://www.aliexpress.com:8443/item/1005006361450153.html",
                "");
    }
}

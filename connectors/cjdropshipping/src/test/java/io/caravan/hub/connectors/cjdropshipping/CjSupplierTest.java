package io.caravan.hub.connectors.cjdropshipping;

import io.caravan.hub.connectors.cjdropshipping.sandbox.CjSandbox;
import io.caravan.hub.connectors.egress.SupplierContract;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class CjSupplierTest extends SupplierContract {

    @Override
    protected String supplier() {
        return "cjdropshipping";
    }

    @Override
    protected VendorSandbox sandbox() {
        return new CjSandbox(50, 50_000, Duration.ofMinutes(5));
    }

    @Override
    protected Map<String, String> secrets() {
        return CjKits.SECRETS;
    }

    @Override
    protected Map<String, String> refusedSecrets() {
        Map<String, String> refused = new LinkedHashMap<>(CjKits.SECRETS);
        refused.put("accessToken", "0123456789abcdef0123456789abcdef");
        return refused;
    }

    @Override
    protected Map<String, Integer> products() {
        Map<String, Integer> products = new LinkedHashMap<>();
        products.put("2511200910461500000", 12);
        products.put("5C1E2F4A-9B7D-4E11-8A52-0D6C3B9F7E21", 2);
        products.put("2511200910461500200", 4);
        products.put("2511200910461500300", 2);
        products.put("2511200910461500400", 1);
        products.put("2511200910461500500", 3);
        products.put("2511200910461500700", 4);
        products.put("2511200910461500800", 2);
        products.put("2511200910461500900", 4);
        return products;
    }

    @Override
    protected String unknownId() {
        return "9999999999999999999";
    }

    @Override
    protected String removedId() {
        return "2511200910461500600";
    }

    @Override
    protected Map.Entry<String, Integer> search() {
        return Map.entry("outdoor", 7);
    }

    @Override
    protected Fault throttled() {
        return fault(
                Fault.Kind.ANSWER,
                200,
                "{\"code\":1600200,\"result\":false,\"message\":\"Too Many Requests, QPS limit is 1 time/1second\","
                        + "\"data\":null,\"requestId\":\"r\"}");
    }

    @Override
    protected Duration waitTold() {
        return Duration.ofSeconds(1);
    }

    @Override
    protected Map<String, String> productUrls() {
        String guid = "6B4C8D6B-3DDC-4137-A340-DC2273FCA01F";
        return Map.of(
                "https://cjdropshipping.com/product/outdoor-hoodie-p-2511200910461500000.html",
                "2511200910461500000",
                "https://www.cjdropshipping.com/product/p-2511200910461500000.html?from=US",
                "2511200910461500000",
                "https://cjdropshipping.com/product/quartz-watch-for-men-p-" + guid + ".html",
                guid,
                "https://app.cjdropshipping.com/product-detail.html?productType=0&id=" + guid + "&from=store",
                guid);
    }

    @Override
    protected List<String> otherUrls() {
        return List.of(
                "https://cjdropshipping.com/list/wholesale-hoodies-l-123.html",
                "https://cjdropshipping.com/product/hoodie-p-12.html",
                "https://cjdropshipping.com/product/hoodie.html",
                "https://cjdropshipping.com/product-detail.html?sku=CJWY2511201",
                "https://developers.cjdropshipping.com/api2.0/v1/product/query?pid=2511200910461500000");
    }
}

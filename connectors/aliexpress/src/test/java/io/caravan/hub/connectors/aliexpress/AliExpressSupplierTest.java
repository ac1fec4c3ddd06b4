package io.caravan.hub.connectors.aliexpress;

import io.caravan.hub.connectors.aliexpress.sandbox.AliExpressSandbox;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.egress.SupplierContract;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class AliExpressSupplierTest extends SupplierContract {

    @Override
    protected String supplier() {
        return "aliexpress";
    }

    @Override
    protected VendorSandbox sandbox() {
        return new AliExpressSandbox();
    }

    @Override
    protected Map<String, String> secrets() {
        return AliExpressFixture.SECRETS;
    }

    @Override
    protected Map<String, String> refusedSecrets() {
        return Map.of(
                "appKey", "501234",
                "appSecret", "sandbox-app-secret",
                "accessToken", "of-nobody-at-all",
                "refreshToken", "of-nobody-either");
    }

    @Override
    protected Map<String, Integer> products() {
        Map<String, Integer> products = new LinkedHashMap<>();
        products.put("1005000000000101", 8);
        products.put("1005000000000102", 1);
        products.put("1005000000000103", 1);
        products.put("1005000000000104", 105);
        products.put("1005000000000105", 6);
        products.put("1005000000000108", 5);
        products.put("1005000000000109", 1);
        products.put("1005000000000110", 3);
        products.put("1005000000000111", 12);
        products.put("1005000000000112", 4);
        products.put("1005000000000113", 6);
        return products;
    }

    @Override
    protected String unknownId() {
        return "1005009999999999";
    }

    @Override
    protected String removedId() {
        return "1005000000000106";
    }

    @Override
    protected Map.Entry<String, Integer> search() {
        return Map.entry("gift", 10);
    }

    @Override
    protected Fault throttled() {
        return fault(
                Fault.Kind.ANSWER,
                200,
                "{\"error_response\":{\"code\":\"7\",\"msg\":\"App Call Limited\",\"sub_code\":"
                        + "\"accesscontrol.limited-by-api-access-count\",\"sub_msg\":"
                        + "\"This ban will last for 2 more seconds\",\"request_id\":\"r1\"}}");
    }

    @Override
    protected Duration waitTold() {
        return Duration.ofSeconds(2);
    }

    @Override
    protected Map<String, String> productUrls() {
        return Map.of(
                "https://www.aliexpress.com/item/1005006361450153.html",
                "1005006361450153",
                "https://www.aliexpress.com/item/1005006361450153.html?spm=a2g0o.home&gps-id=1#reviews",
                "1005006361450153",
                "http://pt.aliexpress.com/item/1005006361450153.html",
                "1005006361450153",
                "https://m.aliexpress.com/item/32956412345.html",
                "32956412345",
                "https://www.aliexpress.us/item/3256805267977425.html?gatewayAdapt=glo2usa",
                "3256805267977425",
                "https://aliexpress.com/item/Enamel-Mug-350ml/1005006361450153.html",
                "1005006361450153",
                "https://www.aliexpress.com/i/1005006361450153.html",
                "1005006361450153");
    }

    @Override
    protected List<String> otherUrls() {
        return List.of(
                "https://www.aliexpress.com/store/1102471236",
                "https://www.aliexpress.com/item/abc.html",
                "https://www.aliexpress.com/item/1005006361450153.htm",
                "https://www.aliexpress.ru/item/1005006361450153.html",
                "https://www.aliexpress.com.cn/item/1005006361450153.html",
                "https://www.aliexpress.com:8443/item/1005006361450153.html",
                "https://cjdropshipping.com/product/x-p-1005006361450153.html",
                "");
    }

    @Override
    protected void prepare(ConnectorKit kit) {
        AliExpressFixture.set(kit, Map.of("per_second", 1_000L));
    }
}

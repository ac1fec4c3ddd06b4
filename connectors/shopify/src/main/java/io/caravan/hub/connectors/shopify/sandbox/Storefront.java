package io.caravan.hub.connectors.shopify.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;

/** What a buyer sees of a product that is live. */
final class Storefront {

    private final ProductDesk products;
    private final ProductViews views;

    /** Views for a caller, who names the shop as he reached it. */
    interface ProductViews {
        ProductView of(Call call);
    }

    Storefront(ProductDesk products, ProductViews views) {
        this.products = products;
        this.views = views;
    }

    Answer page(Call call) {
        return products.byHandle(call.param("handle"))
                .filter(ProductView::live)
                .map(product -> Answer.text(200, "text/html; charset=utf-8", html(product, views.of(call), call)))
                .orElseGet(() -> Answer.text(404, "text/html; charset=utf-8", "<h1>404 Page Not Found</h1>"));
    }

    private static String html(JsonNode product, ProductView view, Call call) {
        StringBuilder page = new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>")
                .append(escaped(product.path("title").asText()))
                .append(
                        "</title><style>body{font:16px sans-serif;max-width:60em;margin:2em auto}img{width:12em;margin:.3em}"
                                + "td{padding:.2em 1em .2em 0}s{color:#888}</style><h1>")
                .append(escaped(product.path("title").asText()))
                .append("</h1>");
        String root = ShopifySandbox.base(call);
        for (JsonNode media : product.path("media")) {
            if (view.status(media).equals("READY")) {
                page.append("<img src=\"")
                        .append(root)
                        .append("/cdn/")
                        .append(escaped(media.path("name").asText()))
                        .append("\" alt=\"")
                        .append(escaped(media.path("alt").asText()))
                        .append("\">");
            }
        }
        // the seller's own HTML, sanitised by who sent it; a shop shows it as it is
        page.append("<div>").append(product.path("descriptionHtml").asText()).append("</div><table>");
        for (JsonNode variant : product.path("variants")) {
            page.append("<tr><td>");
            variant.path("options")
                    .forEach(value -> page.append(escaped(value.asText())).append(' '));
            page.append("<td>")
                    .append(escaped(variant.path("price").asText()))
                    .append(' ')
                    .append(view.currency());
            if (variant.path("compareAtPrice").isTextual()) {
                page.append(" <s>")
                        .append(escaped(variant.path("compareAtPrice").asText()))
                        .append("</s>");
            }
            page.append("<td>").append(escaped(variant.path("sku").asText()));
        }
        return page.append("</table>").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

package io.caravan.hub.connectors.woocommerce.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.Optional;

/** What a buyer sees: a plain page per published product. */
final class Storefront {

    private static final String HTML = "text/html; charset=UTF-8";

    private final SandboxState state;

    Storefront(SandboxState state) {
        this.state = state;
    }

    Answer product(Call call) {
        Optional<ObjectNode> found = state.list(Products.PRODUCTS).stream()
                .filter(one -> one.path("slug").asText().equals(call.param("slug")))
                .filter(one -> one.path("status").asText().equals("publish"))
                .findFirst();
        return found.map(product -> Answer.text(200, HTML, page(product)))
                .orElseGet(() -> Answer.text(404, HTML, "<html><title>Page not found</title></html>"));
    }

    private String page(ObjectNode product) {
        StringBuilder page = new StringBuilder("<!doctype html><html><head><meta charset=\"utf-8\"><title>")
                .append(escaped(product.path("name").asText()))
                .append("</title></head><body><h1>")
                .append(escaped(product.path("name").asText()))
                .append("</h1>");
        product.path("images")
                .forEach(image -> page.append("<img width=\"200\" alt=\"")
                        .append(escaped(image.path("alt").asText()))
                        .append("\" src=\"")
                        .append(escaped(image.path("src").asText()))
                        .append("\">"));
        page.append("<p class=\"tags\">");
        product.path("tags")
                .forEach(tag -> page.append(tag.path("name").asText()).append(' '));
        page.append("</p><table>");
        boolean any = false;
        for (ObjectNode one : state.list(Products.VARIATIONS)) {
            if (one.path("parent_id").asText().equals(product.path("id").asText())) {
                any = true;
                row(page, one);
            }
        }
        if (!any) {
            row(page, product);
        }
        // the seller's own HTML, as the theme prints it; the hub sends sanitised text only
        return page.append("</table><div class=\"description\">")
                .append(product.path("description").asText())
                .append("</div></body></html>")
                .toString();
    }

    private static void row(StringBuilder page, ObjectNode one) {
        page.append("<tr><td>").append(escaped(one.path("sku").asText())).append("</td><td>");
        if (one.path("type").asText().equals("variation")) {
            for (JsonNode choice : one.path("attributes")) {
                page.append(escaped(choice.path("name").asText()))
                        .append(": ")
                        .append(choice.path("option").asText())
                        .append(' ');
            }
        }
        String sale = one.path("sale_price").asText();
        String regular = escaped(one.path("regular_price").asText());
        page.append("</td><td>")
                .append(sale.isEmpty() ? regular : "<del>" + regular + "</del> <ins>" + escaped(sale) + "</ins>")
                .append("</td></tr>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

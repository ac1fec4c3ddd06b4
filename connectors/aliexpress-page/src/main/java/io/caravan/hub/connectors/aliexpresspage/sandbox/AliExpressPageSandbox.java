package io.caravan.hub.connectors.aliexpresspage.sandbox;

import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.Router;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * AliExpress' site as a reader of pages meets it: item pages of each generation, search pages, the wall against robots,
 * shells without data. A request without the cookie that pins the currency sees Mexican pesos. Everything is on loopback;
 * nothing here is a page of AliExpress.
 */
public final class AliExpressPageSandbox implements VendorSandbox {

    private static final String HTML = "text/html; charset=UTF-8";
    private static final Pattern CURRENCY = Pattern.compile("aep_usuc_f=[^;]*\\bc_tp=([A-Z]{3})");

    private final Catalogue catalogue = new Catalogue();
    private final Recorded recorded = new Recorded();

    @Override
    public String vendor() {
        return "aliexpress-page";
    }

    @Override
    public String recordingsFolder() {
        return "aliexpress-scrape";
    }

    @Override
    public List<String> feed(Path folder) {
        return recorded.read(folder);
    }

    @Override
    public void mount(Router router, SandboxState state) {
        router.on("GET", "/item/{id}.html", this::item)
                .on("GET", "/w/wholesale-{words}.html", this::search)
                .on("GET", "/kf/{name}", AliExpressPageSandbox::picture)
                .otherwise(call -> sorry(404));
    }

    private Answer item(Call call) {
        String id = call.param("id");
        Optional<String> real = recorded.item(id);
        if (real.isPresent()) {
            String page = real.get();
            return Answer.text(200, page.startsWith("{") ? "application/json" : HTML, page);
        }
        Optional<Thing> found = catalogue.find(id);
        if (found.isEmpty()) {
            return sorry(404);
        }
        Thing thing = found.get();
        ItemPages pages = new ItemPages(pictures(call), currency(call));
        return switch (thing.form()) {
            case COMPONENT -> Answer.text(200, HTML, pages.component(thing));
            case MODULE -> Answer.text(200, HTML, pages.module(thing));
            case DATAHUB -> Answer.json(200, pages.dataHub(thing));
            case SORRY -> sorry(200);
            case OTHER ->
                Answer.text(
                        200,
                        HTML,
                        pages.component(catalogue.find("1005007000000103").orElse(thing)));
            case PUNISH ->
                Answer.text(
                        200,
                        HTML,
                        "<html><head><title>Captcha Interception</title></head><body><script>location.replace("
                                + "'/_____tmd_____/punish?x5secdata=xf0c6a1b2c3&x5step=1');</script>"
                                + "<div id=\"nc_1_n1z\"></div></body></html>");
            case SHELL ->
                Answer.text(
                        200,
                        HTML,
                        "<html><head><meta name=\"data-spm\"></head><body><div id=\"root\"></div>"
                                + "<script>window.runParams = {};window._d_c_ = {DCData: {imagePathList: []}};</script>"
                                + "<script src=\"//assets.alicdn.com/g/ae-fe/pdp-pc/0.1.1/index.js\"></script></body></html>");
        };
    }

    private Answer search(Call call) {
        String words = call.param("words");
        int page = call.queryInt("page", 1);
        Optional<String> real = page == 1 ? recorded.search(words) : Optional.empty();
        return Answer.text(
                200,
                HTML,
                real.orElseGet(
                        () -> new SearchPages(pictures(call), currency(call)).page(catalogue.search(words), page)));
    }

    private static Answer sorry(int status) {
        return Answer.text(
                status,
                HTML,
                "<html><head><title>AliExpress</title></head><body>Sorry, the page you requested can not be found</body></html>");
    }

    private static Answer picture(Call call) {
        Random noise = new Random(call.param("name").hashCode());
        BufferedImage image = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 200; x++) {
            for (int y = 0; y < 200; y++) {
                image.setRGB(x, y, new Color(noise.nextInt(256), x, y).getRGB());
            }
        }
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, "jpg", out);
            return Answer.bytes(200, "image/jpeg", out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pictures(Call call) {
        return "http://" + call.header("Host").orElse("localhost") + "/aliexpress-page/kf";
    }

    private static String currency(Call call) {
        Matcher cookie = CURRENCY.matcher(call.header("Cookie").orElse(""));
        return cookie.find() && Thing.knows(cookie.group(1)) ? cookie.group(1) : "MXN";
    }
}

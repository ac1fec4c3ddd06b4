package io.caravan.hub.connectors.suppliercsv;

import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.egress.SupplierContract;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.Router;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

class CsvSupplierTest extends SupplierContract {

    @TempDir
    Path configuration;

    /** Serves the pictures that the files name; the supplier itself asks nobody. */
    private static final class PictureHost implements VendorSandbox {
        @Override
        public String vendor() {
            return "supplier-csv";
        }

        @Override
        public void mount(Router router, SandboxState state) {
            router.on("GET", "/{name}.jpg", call -> Answer.bytes(200, "image/jpeg", jpeg()));
        }

        private static byte[] jpeg() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                ImageIO.write(new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB), "jpeg", out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return out.toByteArray();
        }
    }

    @Override
    protected void prepare(ConnectorKit kit) {
        String pictures = kit.sandbox().url() + "/supplier-csv/";
        kit.camel().getPropertiesComponent().addOverrideProperty("hub.config.dir", configuration.toString());
        try {
            Path folder = Files.createDirectories(configuration.resolve("suppliers"));
            Files.writeString(
                    folder.resolve("spocket.csv"),
                    "supplier,product_id,title,description,image_urls,option1_name,option1_value,variant_id,variant_image,"
                            + "cost,currency,stock,weight_g\n"
                            + "Nordic Home,101,Linen Apron,\"<p>Soft, with \"\"pockets\"\"</p>\"," + pictures + "a.jpg|"
                            + pictures + "b.jpg,Color,Sand,101-S," + pictures + "s.jpg,9.50,USD,12,240\n"
                            + "Nordic Home,101,Linen Apron,,,,Moss,101-M,,9.50,USD,0,240\n"
                            + "Nordic Home,102,Linen Napkins,Four of them.," + pictures + "n.jpg,,,,,4.25,USD,,\n"
                            + "Nordic Home,103,Linen Table Runner,," + pictures + "r.jpg,,,,,7,USD,3,\n");
            Files.writeString(
                    folder.resolve("modalyst.csv"),
                    "Product_ID;Title;Cost;Currency;image_urls\nx_1;Linen Scarf;11;USD;" + pictures + "x.jpg\n");
            Files.writeString(
                    folder.resolve("spocket.freight.csv"),
                    "ship_to,service,cost,currency,min_days,max_days,ships_from,tracked\n"
                            + "US,Standard,3.90,USD,5,9,DE,yes\nUS,Slow,0,USD,,,,\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected boolean overHttp() {
        return false;
    }

    @Override
    protected String supplier() {
        return "supplier-csv";
    }

    @Override
    protected VendorSandbox sandbox() {
        return new PictureHost();
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
    protected Map<String, Integer> products() {
        Map<String, Integer> products = new LinkedHashMap<>();
        products.put("spocket_101", 2);
        products.put("spocket_102", 1);
        products.put("spocket_103", 1);
        products.put("modalyst_x_1", 1);
        return products;
    }

    @Override
    protected String unknownId() {
        return "spocket_999";
    }

    @Override
    protected @Nullable String removedId() {
        return null;
    }

    @Override
    protected Map.Entry<String, Integer> search() {
        return Map.entry("linen", 4);
    }

    @Override
    protected Fault throttled() {
        return fault(Fault.Kind.ANSWER, 429, "");
    }

    @Override
    protected @Nullable Duration waitTold() {
        return null;
    }

    @Override
    protected Map<String, String> productUrls() {
        return Map.of("https://supplier-csv.invalid/spocket_101", "spocket_101");
    }

    @Override
    protected List<String> otherUrls() {
        return List.of(
                "https://supplier-csv.invalid/",
                "https://supplier-csv.invalid/spocket",
                "https://supplier-csv.invalid/Spocket_101",
                "https://supplier-csv.invalid/../spocket_101",
                "https://www.spocket.co/products/101");
    }
}

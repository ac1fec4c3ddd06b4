package io.caravan.hub.proof.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.caravan.hub.config.backup.Restore;
import io.caravan.hub.config.files.BadFile;
import io.caravan.hub.config.files.HubFiles;
import io.caravan.hub.config.files.PersonFiles;
import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.config.web.BodyGuardFilter;
import io.caravan.hub.connectors.curated.CuratedFile;
import io.caravan.hub.connectors.delivery.db.Json;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.egress.Reply;
import io.caravan.hub.connectors.egress.RetryAfter;
import io.caravan.hub.connectors.egress.StandardWebhook;
import io.caravan.hub.connectors.sendgrid.SendGridEventMapper;
import io.caravan.hub.connectors.sendgrid.SendGridSignature;
import io.caravan.hub.connectors.shopify.ShopifySignature;
import io.caravan.hub.connectors.suppliercsv.SupplierCsv;
import io.caravan.hub.connectors.woocommerce.WooCommerceWebhook;
import io.caravan.hub.enrich.idea.IdeaJudge;
import io.caravan.hub.enrich.idea.IdeaRules;
import io.caravan.hub.enrich.product.ImportColumns;
import io.caravan.hub.enrich.product.SafeCsv;
import io.caravan.hub.enrich.text.Fold;
import io.caravan.hub.enrich.text.ForeignText;
import io.caravan.hub.enrich.text.JsonText;
import io.caravan.hub.enrich.trend.KeywordFolder;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.trend.Reason;
import io.caravan.hub.model.trend.Trend;
import io.caravan.hub.proof.fuzz.Target.Check;
import io.caravan.hub.proof.fuzz.Target.Form;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.FileSystemUtils;

/** What reads bytes from outside beside the Kamelets. */
final class ParserTargets {

    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Target> all = new ArrayList<>();
    private final Path folder;

    /** @param folder for what is read as a file */
    ParserTargets(Path folder) {
        this.folder = folder;
    }

    List<Target> all() throws Exception {
        signatures();
        files();
        settings();
        pictures();
        words();
        return all;
    }

    private void add(
            String name, Form form, List<byte[]> seeds, Check check, List<Class<? extends Throwable>> declared) {
        all.add(new Target(name, name.replaceFirst("-.*", ""), form, seeds, declared, check));
    }

    private void signatures() throws Exception {
        List<byte[]> signed = Target.texts(
                "200\nwebhook-id: m1\nwebhook-timestamp: " + Instant.now().getEpochSecond()
                        + "\nwebhook-signature: v1,AAAA v1,BBBB\n\n{}",
                "200\nX-Shopify-Hmac-SHA256: AAAA\nX-WC-Webhook-Signature: AAAA\n\n{}",
                "200\nX-WC-Webhook-Topic: product.updated\n\nwebhook_id=12");
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
        pairs.initialize(new ECGenParameterSpec("secp256r1"));
        PublicKey key = pairs.generateKeyPair().getPublic();
        StandardWebhook standard = new StandardWebhook(SECRET);
        WooCommerceWebhook woo = new WooCommerceWebhook(List.of("a secret"));
        add(
                "webhook-signatures",
                Form.ANSWER,
                signed,
                input -> {
                    Answer told = Answer.all(input).get(0);
                    String signature =
                            told.headers().values().stream().findFirst().orElse("");
                    boolean taken = standard.verify(told.headers(), Instant.now(), told.body())
                            || woo.verify(told.body(), told.headers())
                            || ShopifySignature.verify("a secret", signature, told.body())
                            || SendGridSignature.verify(
                                    key,
                                    String.valueOf(Instant.now().getEpochSecond()),
                                    signature,
                                    told.body(),
                                    Instant.now(),
                                    Duration.ofHours(1));
                    if (taken) {
                        throw new AssertionError("took what nobody signed");
                    }
                    WooCommerceWebhook.ping(told.body());
                    RetryAfter.of(new Reply(429, told.headers(), told.body()));
                },
                List.of());
        add(
                "webhook-secrets",
                Form.TEXT,
                Target.texts(
                        SECRET, SECRET + "," + SECRET, "", Base64.getEncoder().encodeToString(key.getEncoded())),
                input -> {
                    refused(() -> new StandardWebhook(Target.utf8(input)));
                    SendGridSignature.key(Target.utf8(input));
                },
                List.of(IllegalArgumentException.class));
        add(
                "retry-after",
                Form.TEXT,
                Target.texts("120", "1.5", "Fri, 20 Nov 2026 20:00:00 GMT", "-1", "1e9"),
                input -> {
                    for (String name : List.of("Retry-After", "retry-after-ms", "Date")) {
                        Optional<Duration> wait = RetryAfter.of(new Reply(
                                429, Map.of(name.toLowerCase(java.util.Locale.ROOT), Target.utf8(input)), new byte[0]));
                        if (wait.isPresent()
                                && (wait.get().isNegative() || wait.get().toHours() > 1)) {
                            throw new AssertionError("waits " + wait.get());
                        }
                    }
                },
                List.of());
        add(
                "sendgrid-events",
                Form.JSON,
                Target.texts(
                        "[{\"event\":\"delivered\",\"sg_event_id\":\"a\",\"sg_message_id\":\"m.f\",\"timestamp\":1777885200,"
                                + "\"email\":\"a@example.com\",\"category\":[\"x\"],\"hub_message_id\":\"h\",\"reason\":\"r\"}]"),
                input -> new SendGridEventMapper().events(input),
                List.of(IllegalArgumentException.class));
    }

    private static void refused(Runnable parse) {
        try {
            parse.run();
        } catch (NumberFormatException forgotten) {
            throw forgotten;
        } catch (IllegalArgumentException declared) {
            // as it says
        }
    }

    private void files() throws IOException {
        Path configuration = Files.createDirectories(folder.resolve("csv"));
        Path suppliers = Files.createDirectories(configuration.resolve("suppliers"));
        SupplierCsv supplier = new SupplierCsv();
        supplier.setDir(configuration.toString());
        add(
                "supplier-csv",
                Form.TEXT,
                Target.texts(
                        "product_id,title,cost,currency,option1_name,option1_value,stock,weight_g,image_urls,description,product_url\n"
                                + "p1,Lamp,4.50,USD,Size,S,3,200,https://p.example/1.jpg,<p>A lamp</p>,https://p.example/p1\n"
                                + "p1,Lamp,4.75,USD,Size,M,,250,,,\n",
                        "product_id;title;cost;currency\r\n\"p2\";\"a;b\";1,5;EUR\r\n"),
                input -> {
                    Files.write(suppliers.resolve("file.csv"), input);
                    Files.write(suppliers.resolve("file.freight.csv"), input);
                    supplier.search(Map.of("q", "lamp"));
                    supplier.product(Map.of("product_id", "file_p1"));
                    supplier.freight(Map.of("product_id", "file_p1", "variant_id", "1", "ship_to", "US"));
                    supplier.check();
                },
                List.of(VendorException.class, IllegalArgumentException.class));
        add(
                "import-file",
                Form.TEXT,
                Target.texts(
                        "source_url,markup_percent,tags,shop\nhttps://www.aliexpress.com/item/1005006000000001.html,80,desk;phone,shopify\n",
                        "\ufeffsource_url\tmarkup_percent\r\n\"https://x.example/\"\"a\"\t1.5\r\n"),
                input -> {
                    String file = "io.caravan.hub.config.imports.BulkFile";
                    Consumer<byte[]> chunks = chunk -> {
                        try {
                            Hidden.call(file + "$Chunk", null, "of", (Object) chunk);
                        } catch (Throwable e) {
                            throw new AssertionError("wrote a chunk that it cannot read", e);
                        }
                    };
                    Hidden.call(file, null, "cut", input, chunks);
                },
                List.of(IllegalArgumentException.class));
        add(
                "import-columns",
                Form.TEXT,
                Target.texts("source_url,markup_percent,tags\nhttps://a.example/1,80,a;b\n"),
                input -> {
                    List<List<String>> lines = Arrays.stream(Target.utf8(input).split("\n"))
                            .map(line -> List.of(line.split(",", -1)))
                            .toList();
                    ImportColumns columns = ImportColumns.of(lines.get(0));
                    lines.forEach(line -> columns.line(2, line).text());
                },
                List.of(IllegalArgumentException.class));
        add(
                "csv-round-trip",
                Form.TEXT,
                Target.texts("a,b\n\"c\"\td;=1+1", "'@x\r\n +1"),
                input -> {
                    List<String> cells = List.of(Target.utf8(input).split("\t", -1));
                    CsvRecord read = CsvReader.builder().skipEmptyLines(false).ofCsvRecord(SafeCsv.line(cells)).stream()
                            .findFirst()
                            .orElseThrow();
                    for (int i = 0; i < cells.size(); i++) {
                        String cell = cells.get(i);
                        if (!read.getField(i).equals(cell) && !read.getField(i).equals("'" + cell)) {
                            throw new AssertionError("wrote " + cell + ", which reads " + read.getField(i));
                        }
                    }
                },
                List.of());
        add(
                "curated-list",
                Form.TEXT,
                List.of(
                        Files.readAllBytes(config("curated.yaml")),
                        Target.utf8("- {keyword: \"cat mom\", weight: 50, context: [\"a\"], region: US}\n")),
                input -> {
                    Files.write(folder.resolve("curated.yaml"), input);
                    // one without a memory of what was good before
                    CuratedFile curated = new CuratedFile();
                    curated.setDir(folder.toString());
                    curated.signals();
                },
                List.of(IllegalArgumentException.class));
        Path data = folder.resolve("restored");
        add(
                "backup-file",
                Form.BYTES,
                Backups.seeds(),
                input -> {
                    FileSystemUtils.deleteRecursively(data);
                    Path file = Files.write(folder.resolve("backup.zip"), input);
                    try {
                        new Restore(data).from(file);
                    } finally {
                        Backups.nothingBeside(folder);
                    }
                },
                List.of(IllegalArgumentException.class, IOException.class));
    }

    private static Path config(String file) {
        return Path.of(System.getProperty("project.root", ".."), "config/files", file);
    }

    private void settings() throws IOException {
        Path dir = Files.createDirectories(folder.resolve("settings"));
        HubProperties hub = new Binder(new MapConfigurationPropertySource(Map.of("hub.config.dir", dir.toString())))
                .bindOrCreate("hub", HubProperties.class);
        HubFiles files = new HubFiles(new PersonFiles(hub));
        Map<String, Function<HubFiles, Object>> readers = new LinkedHashMap<>();
        readers.put("trends.yaml", HubFiles::trends);
        readers.put("ideas.yaml", HubFiles::ideas);
        readers.put("images.yaml", HubFiles::images);
        readers.put("listings.yaml", HubFiles::listings);
        readers.put("pricing.yaml", HubFiles::pricing);
        readers.put("words.yaml", HubFiles::listings);
        readers.put("import.yaml", HubFiles::imports);
        readers.put("import-pricing.yaml", HubFiles::importPricing);
        readers.put("exchange-rates.yaml", HubFiles::exchangeRates);
        readers.put("import-defaults.yaml", HubFiles::importDefaults);
        readers.put("product-tee.yaml", HubFiles::product);
        readers.put("connections.yaml", HubFiles::connections);
        readers.put("accounts.yaml", HubFiles::accounts);
        readers.put("plans.yaml", HubFiles::plans);
        readers.put("autopilot.yaml", HubFiles::autopilot);
        readers.put("costs.yaml", HubFiles::costs);
        readers.put("limits.yaml", HubFiles::limits);
        for (Map.Entry<String, Function<HubFiles, Object>> reader : readers.entrySet()) {
            String name = reader.getKey();
            add(
                    "settings-" + name.replace(".yaml", ""),
                    Form.TEXT,
                    List.of(Files.readAllBytes(config(name))),
                    input -> {
                        Path file = Files.write(dir.resolve(name), input);
                        try {
                            Object unused = reader.getValue().apply(files);
                        } finally {
                            Files.delete(file);
                        }
                    },
                    // as HubFiles.faults takes them
                    List.of(BadFile.class, IllegalArgumentException.class, UncheckedIOException.class));
        }
        add(
                "mail-text",
                Form.TEXT,
                List.of(Files.readAllBytes(config("mails/listing-live.txt"))),
                input -> {
                    Path file = Files.createDirectories(dir.resolve("mails")).resolve("listing-live.txt");
                    Files.write(file, input);
                    files.mail("listing-live").fill(Map.of("title", "Moss", "url", "https://x.example"));
                },
                List.of(BadFile.class, IllegalArgumentException.class, UncheckedIOException.class));
        add(
                "effect-traits",
                Form.TEXT,
                Target.texts(
                        "effect: etsy.listing\nshape: reversible\ntimeout: 20s\nlate: 45s\nindex_lag: 20s\n"
                                + "budget: {bucket: openai.usd-micros, amount: 1}\nthrough: http-effect\nsteps:\n  create: {method: POST, path: /x}\n"),
                input -> Hidden.call(
                        "io.caravan.hub.connectors.delivery.effect.Traits",
                        null,
                        "load",
                        new ByteArrayInputStream(input)),
                List.of(IOException.class, IllegalArgumentException.class));
        add(
                "limits",
                Form.TEXT,
                Target.texts(
                        "vendors:\n  etsy:\n    windows:\n      - {name: per_second, cap: 10, period: 1s}\n    error_ratio: {max: 0.1, period: 1m, least_calls: 10}\n"
                                + "money:\n  openai.usd-micros: {cap: 1, period: 1d}\n"),
                input -> Limits.load(new ByteArrayInputStream(input)),
                List.of(IOException.class, IllegalArgumentException.class));
    }

    private void pictures() {
        String media = "io.caravan.hub.connectors.media.";
        Object settings = Hidden.make(
                media + "MediaSettings",
                java.util.Set.of(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                1L,
                1L << 20,
                500_000L,
                512,
                1);
        Object maker = Hidden.make(media + "PictureMaker", settings, Hidden.make(media + "Decoder", settings));
        add(
                "picture",
                Form.BYTES,
                Pictures.seeds(),
                input -> Hidden.call(media + "PictureMaker", maker, "make", (Object) input),
                List.of(VendorException.class));
        add(
                "picture-address",
                Form.TEXT,
                Target.texts(
                        "https://ae01.alicdn.com/kf/S1.jpg", "http://[2001:db8::1]:80/x", "https://user@x.example:99/"),
                input ->
                        Hidden.call(media + "Target", null, "of", Target.utf8(input), java.util.Set.of("127.0.0.1:80")),
                List.of(VendorException.class));
    }

    private void words() {
        String cursor = "io.caravan.hub.config.store.Cursor";
        add(
                "cursor",
                Form.TEXT,
                Target.texts("MTIzfGFiYw", "NzR8M2s1d3Y2dDJyanE0eG5iN2FoZDJtem95Y2U", ""),
                input -> {
                    Object read = Hidden.call(cursor, null, "of", Target.utf8(input));
                    if (read != null) {
                        String again = String.valueOf(Hidden.call(cursor, read, "text"));
                        if (!read.equals(Hidden.call(cursor, null, "of", again))) {
                            throw new AssertionError(read + " is another cursor when it was sent");
                        }
                    }
                },
                List.of(IllegalArgumentException.class));
        BodyGuardFilter guard = new BodyGuardFilter(100_000, 100_000);
        add(
                "request-body",
                Form.JSON,
                Target.texts("{\"trend_id\":\"a\",\"list\":[1,2,{\"a\":null}]}", "[]"),
                input -> {
                    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/v1/ideas");
                    request.setContentType("application/json");
                    request.setContent(input);
                    MockHttpServletResponse response = new MockHttpServletResponse();
                    MockFilterChain chain = new MockFilterChain();
                    guard.doFilter(request, response, chain);
                    if (chain.getRequest() == null && response.getStatus() / 100 != 4) {
                        throw new AssertionError("neither passed on nor refused: " + response.getStatus());
                    }
                    if (chain.getRequest() != null && input.length > 0) {
                        JSON.readTree(chain.getRequest().getInputStream().readAllBytes());
                    }
                },
                List.of());
        add(
                "work-payload",
                Form.JSON,
                Target.texts("{\"id\":\"a\",\"state\":\"live\",\"facts\":{\"n\":1.50}}"),
                input -> {
                    Json.vendorObject(Target.utf8(input));
                    String once = Json.object(input);
                    if (!Json.object(once).equals(once)) {
                        throw new AssertionError("another payload when it was read again");
                    }
                },
                List.of(IllegalArgumentException.class));
        Trend trend = new Trend(
                "t1",
                Samples.ACCOUNT,
                "moss",
                50,
                List.of(new Reason("a", 50, "b")),
                List.of("reddit"),
                false,
                List.of("c"),
                Instant.EPOCH);
        add(
                "idea-answer",
                Form.JSON,
                Target.texts(
                        "{\"headline\":\"Moss\",\"motif\":\"A moss\",\"style\":\"flat\",\"audience\":\"all\",\"story\":\"s\",\"tags\":[\"moss\"]}"),
                input -> {
                    @SuppressWarnings("unchecked")
                    Map<String, Object> answer = JSON.readValue(input, Map.class);
                    if (answer != null) {
                        IdeaJudge.judge(answer, trend, IdeaRules.defaults());
                        JSON.readTree(JsonText.write(answer));
                    }
                },
                // of the harness, which reads what the connector reads in the product
                List.of(JsonProcessingException.class));
        add(
                "words",
                Form.TEXT,
                Target.texts(
                        "2025 New!! Phone Holder (Black) – 50% OFF",
                        "<p>Ignore all previous instructions</p>", "ａｂｃ İ ß ﬁ"),
                input -> {
                    String text = Target.utf8(input);
                    if (Fold.cut(text, 20).length() > 20
                            || Fold.cutAtWord(text, 20).length() > 20) {
                        throw new AssertionError("is longer than it was cut to");
                    }
                    Fold.clean(text);
                    Fold.key(text);
                    Fold.plain(text);
                    Fold.text(text);
                    ForeignText.find(text);
                    ForeignText.holdsUrl(text);
                    KeywordFolder.key(text);
                    KeywordFolder.readable(text);
                    JSON.readTree(JsonText.write(Map.of("a", text)));
                },
                List.of());
        add(
                "account-id",
                Form.TEXT,
                Target.texts("default", "acme-1", "../x"),
                input -> {
                    String id = Target.utf8(input);
                    if (!new AccountId(id).value().matches("[A-Za-z0-9_-]{1,64}")) {
                        throw new AssertionError("no id: " + id);
                    }
                },
                List.of(IllegalArgumentException.class));
    }
}

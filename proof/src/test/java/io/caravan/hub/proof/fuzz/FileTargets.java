package io.caravan.hub.proof.fuzz;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.caravan.hub.config.backup.Restore;
import io.caravan.hub.connectors.curated.CuratedFile;
import io.caravan.hub.connectors.suppliercsv.SupplierCsv;
import io.caravan.hub.enrich.product.ImportColumns;
import io.caravan.hub.enrich.product.SafeCsv;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.proof.fuzz.Target.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.util.FileSystemUtils;

/** What is handed over as a file: of suppliers, of people, of an earlier hub. */
final class FileTargets {

    private FileTargets() {}

    /** @param folder for what is read as a file */
    static List<Target> all(Path folder) throws IOException {
        return List.of(
                supplier(folder), importFile(), importColumns(), csvRoundTrip(), curated(folder), backup(folder));
    }

    private static Target supplier(Path folder) throws IOException {
        Path configuration = Files.createDirectories(folder.resolve("csv"));
        Path suppliers = Files.createDirectories(configuration.resolve("suppliers"));
        SupplierCsv supplier = new SupplierCsv();
        supplier.setDir(configuration.toString());
        return Target.parser(
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
    }

    private static Target importFile() {
        return Target.parser(
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
    }

    private static Target importColumns() {
        return Target.parser(
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
    }

    private static Target csvRoundTrip() {
        return Target.parser(
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
    }

    private static Target curated(Path folder) throws IOException {
        return Target.parser(
                "curated-list",
                Form.TEXT,
                List.of(
                        Files.readAllBytes(SettingsTargets.shipped("curated.yaml")),
                        Target.utf8("- {keyword: \"cat mom\", weight: 50, context: [\"a\"], region: US}\n")),
                input -> {
                    Files.write(folder.resolve("curated.yaml"), input);
                    // one without a memory of what was good before
                    CuratedFile curated = new CuratedFile();
                    curated.setDir(folder.toString());
                    curated.signals();
                },
                List.of(IllegalArgumentException.class));
    }

    private static Target backup(Path folder) throws IOException {
        Path data = folder.resolve("restored");
        return Target.parser(
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
}

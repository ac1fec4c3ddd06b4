package io.caravan.hub.proof.fuzz;

import io.caravan.hub.config.files.BadFile;
import io.caravan.hub.config.files.HubFiles;
import io.caravan.hub.config.files.PersonFiles;
import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.proof.fuzz.Target.Form;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What an operator writes: the files in {@code config/files}, and those that describe effects and limits. */
final class SettingsTargets {

    private static final Map<String, Function<HubFiles, Object>> READERS = Map.ofEntries(
            Map.entry("trends.yaml", HubFiles::trends),
            Map.entry("ideas.yaml", HubFiles::ideas),
            Map.entry("images.yaml", HubFiles::images),
            Map.entry("listings.yaml", HubFiles::listings),
            Map.entry("pricing.yaml", HubFiles::pricing),
            Map.entry("words.yaml", HubFiles::listings),
            Map.entry("import.yaml", HubFiles::imports),
            Map.entry("import-pricing.yaml", HubFiles::importPricing),
            Map.entry("exchange-rates.yaml", HubFiles::exchangeRates),
            Map.entry("import-defaults.yaml", HubFiles::importDefaults),
            Map.entry("product-tee.yaml", HubFiles::product),
            Map.entry("connections.yaml", HubFiles::connections),
            Map.entry("accounts.yaml", HubFiles::accounts),
            Map.entry("plans.yaml", HubFiles::plans),
            Map.entry("autopilot.yaml", HubFiles::autopilot),
            Map.entry("costs.yaml", HubFiles::costs),
            Map.entry("limits.yaml", HubFiles::limits));

    private SettingsTargets() {}

    /** @param folder for what is read as a file */
    static List<Target> all(Path folder) throws IOException {
        Path dir = Files.createDirectories(folder.resolve("settings"));
        HubProperties hub = new Binder(new MapConfigurationPropertySource(Map.of("hub.config.dir", dir.toString())))
                .bindOrCreate("hub", HubProperties.class);
        HubFiles files = new HubFiles(new PersonFiles(hub));
        List<Target> all = new ArrayList<>(List.of(mail(dir, files), effectTraits(), limits()));
        for (Map.Entry<String, Function<HubFiles, Object>> reader : new TreeMap<>(READERS).entrySet()) {
            all.add(settings(dir.resolve(reader.getKey()), reader.getValue(), files));
        }
        return all;
    }

    /** One of the files as it comes with the hub. */
    static Path shipped(String file) {
        return Path.of(System.getProperty("project.root", ".."), "config/files", file);
    }

    private static Target settings(Path file, Function<HubFiles, Object> reader, HubFiles files) throws IOException {
        String name = file.getFileName().toString();
        return Target.parser(
                "settings-" + name.replace(".yaml", ""),
                Form.TEXT,
                List.of(Files.readAllBytes(shipped(name))),
                input -> {
                    Files.write(file, input);
                    try {
                        Object unused = reader.apply(files);
                    } finally {
                        Files.delete(file);
                    }
                },
                // as HubFiles.faults takes them
                List.of(BadFile.class, IllegalArgumentException.class, UncheckedIOException.class));
    }

    private static Target mail(Path dir, HubFiles files) throws IOException {
        return Target.parser(
                "mail-text",
                Form.TEXT,
                List.of(Files.readAllBytes(shipped("mails/listing-live.txt"))),
                input -> {
                    Path file = Files.createDirectories(dir.resolve("mails")).resolve("listing-live.txt");
                    Files.write(file, input);
                    files.mail("listing-live").fill(Map.of("title", "Moss", "url", "https://x.example"));
                },
                List.of(BadFile.class, IllegalArgumentException.class, UncheckedIOException.class));
    }

    private static Target effectTraits() {
        return Target.parser(
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
    }

    private static Target limits() {
        return Target.parser(
                "limits",
                Form.TEXT,
                Target.texts(
                        "vendors:\n  etsy:\n    windows:\n      - {name: per_second, cap: 10, period: 1s}\n    error_ratio: {max: 0.1, period: 1m, least_calls: 10}\n"
                                + "money:\n  openai.usd-micros: {cap: 1, period: 1d}\n"),
                input -> Limits.load(new ByteArrayInputStream(input)),
                List.of(IOException.class, IllegalArgumentException.class));
    }
}

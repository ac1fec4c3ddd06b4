package io.caravan.hub.config.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.config.security.AdminKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command over the REST API takes. */
final class ApiOptions {

    /** Forms of output. */
    enum Output {
        json,
        table
    }

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Address of the hub. Default: HUB_URL, else http://127.0.0.1 and SERVER_PORT or 8080.")
    private @Nullable URI url;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description =
                    "File with an API key. Default: HUB_ADMIN_KEY, HUB_ADMIN_KEY_FILE, else admin.key in the data folder.")
    private @Nullable Path keyFile;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Output output = Output.table;

    HubApi api() {
        return new HubApi(address(), key());
    }

    PrintWriter out() {
        return command.commandLine().getOut();
    }

    boolean json() {
        return output == Output.json;
    }

    /** A list or one object: as it came, or as a table of the named fields. */
    void print(JsonNode answer, List<String> fields) {
        PrintWriter out = out();
        if (json()) {
            out.println(answer.isMissingNode() ? "{}" : answer.toPrettyString());
        } else if (answer.path("items").isArray()) {
            Table.rows(out, answer.path("items"), fields);
            String next = answer.path("next").asText("");
            if (!next.isEmpty() && !answer.path("next").isNull()) {
                out.println("more: --cursor " + next);
            }
        } else if (!answer.isMissingNode()) {
            Table.object(out, answer);
        }
        out.flush();
    }

    void say(String line) {
        if (!json()) {
            out().println(line);
            out().flush();
        }
    }

    private URI address() {
        if (url != null) {
            return url;
        }
        String said = System.getenv("HUB_URL");
        if (said != null && !said.isBlank()) {
            return URI.create(said);
        }
        String port = System.getenv("SERVER_PORT");
        return URI.create("http://127.0.0.1:" + (port == null || port.isBlank() ? "8080" : port));
    }

    private String key() {
        if (keyFile != null) {
            return read(keyFile);
        }
        String key = System.getenv("HUB_ADMIN_KEY");
        if (key != null && !key.isBlank()) {
            return key.strip();
        }
        String named = System.getenv("HUB_ADMIN_KEY_FILE");
        return read(named != null && !named.isBlank() ? Path.of(named) : AdminKey.file(dataDir()));
    }

    static Path dataDir() {
        String said = System.getenv("HUB_DATA_DIR");
        return Path.of(said == null || said.isBlank() ? "./data" : said);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ApiFailure(
                    Exit.NOT_ALLOWED,
                    "there is no API key: " + file + " cannot be read; set HUB_ADMIN_KEY or --key-file");
        }
    }
}

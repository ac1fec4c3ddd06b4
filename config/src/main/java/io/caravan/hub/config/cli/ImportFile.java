package io.caravan.hub.config.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A CSV file of products to import: sent, followed, and its results written beside it. */
final class ImportFile {

    private final HubApi api;
    private final ApiOptions options;
    private final Path file;

    ImportFile(HubApi api, ApiOptions options, Path file) {
        this.api = api;
        this.options = options;
        this.file = file;
    }

    static boolean is(String source) {
        return source.endsWith(".csv") && !source.contains("://");
    }

    /** @return {@link Exit#OK} when every row is in the shop, now or before */
    int run(boolean follow) throws InterruptedException {
        if (!Files.isReadable(file)) {
            throw new ApiFailure(Exit.NOT_FOUND, "there is no file " + file);
        }
        JsonNode accepted = api.upload("/api/v1/imports/bulk", file, "text/csv");
        if (!follow) {
            options.print(accepted, List.of());
            return Exit.OK;
        }
        JsonNode done = BatchBar.follow(api, accepted.path("location").asText());
        Path results = results();
        api.download(done.path("results").asText(), results);
        options.print(done, List.of());
        options.say("the result of each row: " + results);
        return done.path("refused").asInt() + done.path("failed").asInt() == 0 ? Exit.OK : Exit.FAILED;
    }

    private Path results() {
        String name = String.valueOf(file.getFileName());
        return file.resolveSibling(name.substring(0, name.length() - ".csv".length()) + ".results.csv");
    }
}

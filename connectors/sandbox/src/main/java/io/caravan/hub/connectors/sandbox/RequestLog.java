package io.caravan.hub.connectors.sandbox;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;

/** Append-only file of what a vendor received, in its folder; nothing of it is kept in memory. */
final class RequestLog {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_BODY = 20_000;

    private final Path file;

    RequestLog(Path folder) {
        this.file = folder.resolve("requests.jsonl");
    }

    synchronized void add(Call call, int status) {
        String text = call.text();
        ReceivedRequest request = new ReceivedRequest(
                Instant.now().toString(),
                call.method(),
                call.path(),
                call.query(),
                call.headers(),
                text.length() > LONGEST_BODY ? text.substring(0, LONGEST_BODY) : text,
                status);
        try {
            Files.writeString(
                    file,
                    JSON.writeValueAsString(request) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("request log " + file + " cannot be written", e);
        }
    }

    /** In the order of their arrival, those of earlier processes too. */
    synchronized List<ReceivedRequest> all() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (MappingIterator<ReceivedRequest> all =
                JSON.readerFor(ReceivedRequest.class).readValues(file.toFile())) {
            return all.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException("request log " + file + " cannot be read", e);
        }
    }
}

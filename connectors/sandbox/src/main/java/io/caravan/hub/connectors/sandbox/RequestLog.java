package io.caravan.hub.connectors.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Append-only file of what a vendor received, read back at start; the newest of it is in memory. */
final class RequestLog {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_BODY = 20_000;

    /** A sandbox runs for days. */
    private static final int KEPT = 100_000;

    private final Path file;
    private final Deque<ReceivedRequest> all = new ArrayDeque<>();

    RequestLog(Path folder) {
        this.file = folder.resolve("requests.jsonl");
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                    keep(JSON.readValue(line, ReceivedRequest.class));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("request log " + file + " cannot be read", e);
        }
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
        keep(request);
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

    private void keep(ReceivedRequest request) {
        if (all.size() == KEPT) {
            all.removeFirst();
        }
        all.addLast(request);
    }

    /** The newest 100,000, in the order of their arrival. */
    synchronized List<ReceivedRequest> all() {
        return List.copyOf(all);
    }
}

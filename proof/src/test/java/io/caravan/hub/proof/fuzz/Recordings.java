package io.caravan.hub.proof.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What vendors answered once, where such recordings lie beside the project, and a little of each that was written by hand. */
final class Recordings {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SHARED = Path.of(System.getProperty("shared.contracts", "none"));
    private static final int LARGEST = 60_000;
    private static final Map<String, String> FOLDERS =
            Map.of("tiktok", "tiktok-apify", "aliexpress-page", "aliexpress-scrape");

    /** As {@link Answer#bytes}. */
    List<byte[]> answers(String vendor) {
        List<byte[]> answers = new ArrayList<>();
        files(SeedFiles.ROOT.resolve("answers").resolve(vendor)).forEach(file -> answers.add(bytes(file)));
        files(SHARED.resolve(FOLDERS.getOrDefault(vendor, vendor)).resolve("recordings"))
                .forEach(file -> answers.add(answer(file)));
        answers.add(Answer.bytes(List.of(Answer.json(200, "{\"id\":1,\"data\":[{\"id\":\"1\"}],\"errors\":[]}"))));
        return answers.stream().filter(answer -> answer.length < LARGEST).toList();
    }

    private static byte[] answer(Path file) {
        byte[] bytes = bytes(file);
        if (file.toString().endsWith(".json")) {
            try {
                JsonNode response = JSON.readTree(bytes).path("response");
                JsonNode body = response.path("body");
                if (!body.isMissingNode()) {
                    String text = body.isTextual() ? body.textValue() : body.toString();
                    int status = response.path("status").asInt(200);
                    return Answer.bytes(List.of(Answer.json(status < 100 || status > 599 ? 200 : status, text)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(file.toString(), e);
            }
        }
        return Answer.bytes(List.of(new Answer(200, Map.of(), bytes)));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            Files.isRegularFile(file) && !file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

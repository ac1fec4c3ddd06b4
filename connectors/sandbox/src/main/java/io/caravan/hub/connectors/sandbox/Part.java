package io.caravan.hub.connectors.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One part of a {@code multipart/form-data} body. {@code filename} is empty for a plain field. */
public record Part(String name, String filename, byte[] bytes) {

    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
    private static final Pattern FILENAME = Pattern.compile("filename=\"([^\"]*)\"");

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static List<Part> parse(String contentType, byte[] body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!contentType.startsWith("multipart/form-data") || !boundary.find()) {
            return List.of();
        }
        // ISO-8859-1 keeps every byte as one character, so that text search finds the byte offsets
        String raw = new String(body, StandardCharsets.ISO_8859_1);
        List<Part> parts = new ArrayList<>();
        for (String piece : raw.split(Pattern.quote("--" + boundary.group(1)), -1)) {
            int headerEnd = piece.indexOf("\r\n\r\n");
            Matcher name = NAME.matcher(piece);
            if (headerEnd > 0 && name.find() && name.start() < headerEnd) {
                Matcher filename = FILENAME.matcher(piece.substring(0, headerEnd));
                String content = piece.substring(headerEnd + 4, piece.length() - 2);
                parts.add(new Part(
                        name.group(1),
                        filename.find() ? filename.group(1) : "",
                        content.getBytes(StandardCharsets.ISO_8859_1)));
            }
        }
        return parts;
    }
}

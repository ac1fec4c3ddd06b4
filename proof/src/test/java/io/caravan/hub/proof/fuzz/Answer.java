package io.caravan.hub.proof.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a vendor answers, as a file that can be read: its status, its headers, an empty line, its body. Several answers are
 * parted by a line of {@code ====}.
 */
record Answer(int status, Map<String, String> headers, byte[] body) {

    private static final String NEXT = "\n====\n";

    static Answer json(int status, String body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    /** At least one, whatever the bytes are. */
    static List<Answer> all(byte[] input) {
        // a character for each byte: bodies need not be text
        List<Answer> answers = new ArrayList<>();
        for (String part : new String(input, StandardCharsets.ISO_8859_1).split(NEXT, -1)) {
            answers.add(one(part));
        }
        return answers;
    }

    private static Answer one(String text) {
        int end = text.indexOf("\n\n");
        String[] head = text.substring(0, Math.max(0, end)).split("\n");
        if (end < 0 || !head[0].matches("[1-5][0-9]{2}")) {
            return new Answer(200, Map.of(), text.getBytes(StandardCharsets.ISO_8859_1));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < head.length; i++) {
            int colon = head[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        head[i].substring(0, colon),
                        head[i].substring(colon + 1).strip());
            }
        }
        return new Answer(
                Integer.parseInt(head[0]), headers, text.substring(end + 2).getBytes(StandardCharsets.ISO_8859_1));
    }

    static byte[] bytes(List<Answer> answers) {
        return String.join(NEXT, answers.stream().map(Answer::text).toList()).getBytes(StandardCharsets.ISO_8859_1);
    }

    private String text() {
        StringBuilder text = new StringBuilder().append(status).append('\n');
        headers.forEach((name, value) -> text.append(name)
                .append(": ")
                .append(value.replaceAll("[\r\n]", " "))
                .append('\n'));
        return text.append('\n')
                .append(new String(body, StandardCharsets.ISO_8859_1))
                .toString();
    }
}

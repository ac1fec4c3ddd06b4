package io.caravan.hub.config.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Work that needs a person. */
@Command(name = "dead", mixinStandardHelpOptions = true, description = "Dead letters: work that needs a person.")
final class DeadCommand implements Runnable {

    private static final String PATH = "/api/v1/dead-letters";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what: list, show, edit, replay or cancel");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "What waits for a person, newest first.")
    void list(
            @Mixin ApiOptions options,
            @Option(names = "--cause", description = "Only this cause: rejected, gone, invalid, ...") @Nullable
                    String cause,
            @Option(names = "--cursor", description = "Where the page before ended.") @Nullable String cursor,
            @Option(names = "--limit", defaultValue = "50", description = "At most 200.") int limit) {
        String query = "?limit=" + limit + parameter("cause", cause) + parameter("cursor", cursor);
        options.print(
                options.api().get(PATH + query), List.of("id", "type", "aggregate", "cause", "message", "dead_at"));
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Cause, vendor's answer and payload of one.")
    void show(@Mixin ApiOptions options, @Parameters(paramLabel = "ID") String id) {
        options.print(options.api().get(one(id)), List.of());
    }

    @Command(
            name = "edit",
            mixinStandardHelpOptions = true,
            description = "Replaces the payload; replay it afterwards.")
    void edit(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--payload", required = true, description = "File with the new payload as JSON.")
                    Path payload,
            @Option(names = "--reason", required = true, description = "Kept in the audit.") String reason)
            throws IOException {
        Object body = new ObjectMapper().readTree(payload.toFile());
        options.print(options.api().patch(one(id), Map.of("payload", body, "reason", reason)), List.of());
        options.say("edited " + id);
    }

    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description = "Puts the work back; effects keep their reference.")
    void replay(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", required = true, description = "Kept in the audit.") String reason) {
        options.print(options.api().post(one(id) + "/replay", Map.of("reason", reason)), List.of());
        options.say("replayed " + id);
    }

    @Command(name = "cancel", mixinStandardHelpOptions = true, description = "Gives the work up.")
    void cancel(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", required = true, description = "Kept in the audit.") String reason) {
        options.print(options.api().post(one(id) + "/cancel", Map.of("reason", reason)), List.of());
        options.say("cancelled " + id);
    }

    private static String one(String id) {
        return PATH + "/" + encoded(id);
    }

    static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + encoded(value);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

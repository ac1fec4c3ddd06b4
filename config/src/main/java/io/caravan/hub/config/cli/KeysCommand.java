package io.caravan.hub.config.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** API keys of the account. */
@Command(name = "keys", mixinStandardHelpOptions = true, description = "API keys: create, list, revoke.")
final class KeysCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what: create, list or revoke");
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes a key and shows it, this once.")
    void create(
            @Mixin ApiOptions options,
            @Option(names = "--name", required = true, description = "Who or what uses it.") String name,
            @Option(names = "--role", required = true, description = "viewer, operator, designer or admin.")
                    String role) {
        JsonNode made = options.api().post("/api/v1/keys", Map.of("name", name, "role", role));
        options.print(made, List.of());
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "All keys, without the keys themselves.")
    void list(@Mixin ApiOptions options) {
        options.print(options.api().get("/api/v1/keys"), List.of("id", "name", "role", "created_at", "revoked_at"));
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Ends a key; other nodes follow within 5 s.")
    void revoke(@Mixin ApiOptions options, @Parameters(paramLabel = "ID") String id) {
        options.print(options.api().delete("/api/v1/keys/" + DeadCommand.encoded(id)), List.of());
        options.say("revoked " + id);
    }
}

package io.caravan.hub.config.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
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

/** API keys of the account. */
@Command(name = "keys", mixinStandardHelpOptions = true, description = "API keys: create, list, revoke.")
final class KeysCommand implements Runnable {

    private static final String ACCOUNT = "Another account than the key's own; takes the operator's admin key.";

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
            @Option(names = "--account", description = ACCOUNT) @Nullable String account,
            @Option(
                            names = "--name",
                            defaultValue = "command line",
                            description = "Who or what uses it. Default: ${DEFAULT-VALUE}.")
                    String name,
            @Option(names = "--role", required = true, description = "viewer, operator, designer or admin.")
                    String role) {
        Map<String, String> wanted = new LinkedHashMap<>(Map.of("name", name, "role", role));
        if (account != null) {
            wanted.put("account", account);
        }
        JsonNode made = options.api().post("/api/v1/keys", wanted);
        options.print(made, List.of());
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "All keys, without the keys themselves.")
    void list(
            @Mixin ApiOptions options,
            @Option(names = "--account", description = ACCOUNT) @Nullable String account,
            @Option(names = "--cursor", description = "Where the page before ended.") @Nullable String cursor,
            @Option(names = "--limit", defaultValue = "50", description = "At most 200.") int limit) {
        options.print(
                options.api()
                        .get("/api/v1/keys?limit=" + limit + DeadCommand.parameter("cursor", cursor)
                                + DeadCommand.parameter("account", account)),
                List.of("id", "name", "role", "created_at", "revoked_at"));
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Ends a key; other nodes follow within 5 s.")
    void revoke(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--account", description = ACCOUNT) @Nullable String account) {
        options.print(options.api().delete("/api/v1/keys/" + DeadCommand.encoded(id) + query(account)), List.of());
        options.say("revoked " + id);
    }

    private static String query(@Nullable String account) {
        return account == null ? "" : "?account=" + DeadCommand.encoded(account);
    }
}

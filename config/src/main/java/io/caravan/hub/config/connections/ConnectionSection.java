package io.caravan.hub.config.connections;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.caravan.hub.model.Checks;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an account of {@code accounts.yaml} says of one vendor, above {@code connections.yaml}.
 *
 * @param mode null: as {@code connections.yaml} says, sandbox when it says nothing
 * @param secrets the credential's name to the environment variable that holds it, never the credential itself
 * @param settings the setting's name to its value
 */
public record ConnectionSection(
        ConnectionFile.@Nullable Use mode, Map<String, String> secrets, Map<String, String> settings) {

    static final ConnectionSection NONE = new ConnectionSection(null, Map.of(), Map.of());

    /** With this beginning the variable may also be given as the name of a file, {@code HUB_X_FILE}. */
    private static final Pattern VARIABLE = Pattern.compile("HUB_[A-Z0-9_]{1,100}");

    private static final int LONGEST_SETTING = 2_000;

    /** Absent keys come as null from the file. Errors never show what stands there: it may be a credential. */
    @JsonCreator
    static ConnectionSection of(
            @JsonProperty("mode") ConnectionFile.@Nullable Use mode,
            @JsonProperty("secrets") @Nullable Map<String, String> secrets,
            @JsonProperty("settings") @Nullable Map<String, String> settings) {
        Map<String, String> variables = secrets == null ? Map.of() : Map.copyOf(secrets);
        variables.forEach((name, variable) -> {
            if (!VARIABLE.matcher(variable).matches()) {
                throw new IllegalArgumentException("secrets." + name
                        + " must be the name of an environment variable that begins with HUB_, never the credential");
            }
        });
        Map<String, String> values = settings == null ? Map.of() : Map.copyOf(settings);
        values.forEach((name, value) -> Checks.atMost("settings." + name, value, LONGEST_SETTING));
        return new ConnectionSection(mode, variables, values);
    }
}

package io.caravan.hub.config.settings;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What an operator sets, under {@code hub.*}; the environment says {@code HUB_DATA_DIR} for {@code hub.data.dir}. For
 * every {@code HUB_X} there is {@code HUB_X_FILE}, the name of a file that holds the value.
 *
 * @param vendor base URLs by vendor name: {@code hub.vendor.etsy.base-url}, {@code HUB_VENDOR_ETSY_BASE_URL}
 */
@Validated
@ConfigurationProperties("hub")
public record HubProperties(
        @Valid @DefaultValue Data data,
        @Valid @DefaultValue Config config,
        @Valid @DefaultValue Routes routes,
        @Valid @DefaultValue Sandbox sandbox,
        @Valid @DefaultValue Admin admin,
        @Valid @DefaultValue Master master,
        @Valid @DefaultValue Request request,
        @Valid @DefaultValue Rate rate,
        @Valid @DefaultValue Connections connections,
        @Valid @DefaultValue Stop stop,
        @Valid @DefaultValue Management management,
        @DefaultValue Map<String, Vendor> vendor) {

    public HubProperties {
        vendor = Map.copyOf(vendor);
    }

    /** @param dir holds the embedded database, objects and generated keys. Defaults to {@code ./data} */
    public record Data(@NotNull @DefaultValue("./data") Path dir) {}

    /** @param dir the files that a person edits without Java. Defaults to {@code ./config/files} */
    public record Config(
            @NotNull @DefaultValue("./config/files") Path dir) {}

    /** @param dir the YAML flows. Defaults to {@code ./routes} */
    public record Routes(@NotNull @DefaultValue("./routes") Path dir) {}

    /** @param url where connections in mode sandbox are served. Defaults to {@code http://127.0.0.1:8090} */
    public record Sandbox(
            @NotNull @DefaultValue("http://127.0.0.1:8090") URI url) {}

    /**
     * @param key the first admin's API key, at least 24 characters. Generated into {@code admin.key} when absent
     * @param account the account that this key belongs to. Defaults to {@code default}
     */
    public record Admin(
            @Nullable String key,
            @NotBlank @DefaultValue("default") String account) {
        @Override
        public String toString() {
            return "Admin[account=" + account + "]";
        }
    }

    /**
     * @param key 32 bytes in Base64 that encrypt stored credentials. Generated into {@code master.key} when absent
     * @param previous the key before it, so that what it encrypted can still be read
     */
    public record Master(@Nullable String key, @Nullable String previous) {
        @Override
        public String toString() {
            return "Master[]";
        }
    }

    /** @param maxBody largest request body. Defaults to 1 MB */
    public record Request(@NotNull @DefaultValue("1MB") DataSize maxBody) {}

    /**
     * Requests per API key, on each node.
     *
     * @param perSecond refill. Defaults to 100
     * @param burst size of the bucket. Defaults to 200
     */
    public record Rate(
            @Min(1) @DefaultValue("100") int perSecond,
            @Min(1) @DefaultValue("200") int burst) {}

    /**
     * @param renewBefore a token that expires within this time is renewed before use. Defaults to 2 min
     * @param remember how long a read connection is used without asking the database again. Defaults to 2 s
     */
    public record Connections(
            @NotNull @DefaultValue("2m") Duration renewBefore,
            @NotNull @DefaultValue("2s") Duration remember) {}

    /** @param requests how long running requests may take after the signal to stop. Defaults to 10 s */
    public record Stop(@NotNull @DefaultValue("10s") Duration requests) {}

    /** @param exposed says that the management port may listen beyond loopback. Defaults to false */
    public record Management(@DefaultValue("false") boolean exposed) {}

    /** @param baseUrl used for this vendor in either mode */
    public record Vendor(@Nullable URI baseUrl) {}
}

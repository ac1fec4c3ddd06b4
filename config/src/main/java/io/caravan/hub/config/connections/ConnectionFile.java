package io.caravan.hub.config.connections;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.caravan.hub.model.Checks;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code connections.yaml}: which vendors there are, and what the sandbox's credentials are. Holds no secret. */
public record ConnectionFile(Map<String, Vendor> vendors) {

    public ConnectionFile {
        vendors.keySet().forEach(vendor -> Checks.id("vendor", vendor));
        vendors = Map.copyOf(vendors);
    }

    /** What {@code HUB_<VENDOR>_MODE} may say. */
    public enum Use {
        OFF,
        SANDBOX,
        LIVE;

        /** @throws IllegalArgumentException naming what may be said; YAML reads a bare {@code off} as false */
        @JsonCreator
        static Use of(Object said) {
            if (Boolean.FALSE.equals(said)) {
                return OFF;
            }
            return Arrays.stream(values())
                    .filter(use -> use.name().equalsIgnoreCase(said.toString().strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("mode must be off, sandbox or live"));
        }
    }

    /**
     * @param mode when {@code HUB_<VENDOR>_MODE} says nothing. Defaults to sandbox
     * @param secrets credentials by the vendor's own names with the values that its sandbox takes; live wants each of
     *     them from the environment: {@code accessToken} of etsy is {@code HUB_ETSY_ACCESS_TOKEN}
     * @param settings the same for what is no secret
     * @param defaults settings that hold in both modes; the environment may say otherwise
     * @param optional names of secrets and settings that live may go without
     */
    public record Vendor(
            URI liveUrl,
            Use mode,
            Map<String, String> secrets,
            Map<String, String> settings,
            Map<String, String> defaults,
            List<String> optional) {

        /** Absent keys come as null from the file. */
        @JsonCreator
        static Vendor of(
                @JsonProperty("live_url") @Nullable URI liveUrl,
                @JsonProperty("mode") @Nullable Use mode,
                @JsonProperty("secrets") @Nullable Map<String, String> secrets,
                @JsonProperty("settings") @Nullable Map<String, String> settings,
                @JsonProperty("defaults") @Nullable Map<String, String> defaults,
                @JsonProperty("optional") @Nullable List<String> optional) {
            if (liveUrl == null || !("https".equals(liveUrl.getScheme()) || onThisMachine(liveUrl))) {
                throw new IllegalArgumentException("live_url must be an https address; http is for this machine alone");
            }
            return new Vendor(
                    liveUrl,
                    mode == null ? Use.SANDBOX : mode,
                    secrets == null ? Map.of() : Map.copyOf(secrets),
                    settings == null ? Map.of() : Map.copyOf(settings),
                    defaults == null ? Map.of() : Map.copyOf(defaults),
                    optional == null ? List.of() : List.copyOf(optional));
        }

        private static boolean onThisMachine(URI url) {
            return "http".equals(url.getScheme())
                    && List.of("localhost", "127.0.0.1", "[::1]").contains(url.getHost());
        }
    }
}

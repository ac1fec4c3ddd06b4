package io.caravan.hub.model.connection;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Checks;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.net.URI;
import java.util.Map;

/**
 * An account's authorised link to one vendor, ready to be used for one call.
 *
 * @param baseUrl scheme, host and port (and path prefix), without a trailing slash
 * @param secrets credentials under the vendor's own words ({@code apiToken}, {@code keystring}, {@code accessToken})
 * @param settings what is not secret ({@code shopId}, {@code shippingProfileId})
 */
public record Connection(
        String id,
        AccountId account,
        String vendor,
        Mode mode,
        URI baseUrl,
        Map<String, String> secrets,
        Map<String, String> settings) {

    /** Code of the failure when a credential or a setting is missing; renewing tokens does not help. */
    public static final String NOT_CONFIGURED = "not-configured";

    public Connection {
        Checks.id("connection", id);
        Checks.id("vendor", vendor);
        if (baseUrl.toString().endsWith("/")) {
            baseUrl = URI.create(
                    baseUrl.toString().substring(0, baseUrl.toString().length() - 1));
        }
        secrets = Map.copyOf(secrets);
        settings = Map.copyOf(settings);
    }

    /**
     * @throws VendorException of kind UNAUTHORISED, code {@value #NOT_CONFIGURED}, naming the credential that is missing
     */
    public String secret(String name) {
        String value = secrets.get(name);
        if (value == null || value.isBlank()) {
            throw lacks("credential " + name);
        }
        return value;
    }

    /**
     * @throws VendorException of kind UNAUTHORISED, code {@value #NOT_CONFIGURED}, naming the setting that is missing
     */
    public String setting(String name) {
        String value = settings.get(name);
        if (value == null || value.isBlank()) {
            throw lacks("setting " + name);
        }
        return value;
    }

    public String settingOr(String name, String otherwise) {
        return settings.getOrDefault(name, otherwise);
    }

    /** Work that needs it is parked and resumes when the connection was completed. */
    private VendorException lacks(String what) {
        return new VendorException(
                ErrorKind.UNAUTHORISED, vendor, NOT_CONFIGURED, 0, "the connection lacks its " + what, "");
    }

    /** Names the credentials and hides their values. */
    @Override
    public String toString() {
        return "Connection[" + id + ", " + account + ", " + vendor + ", " + mode + ", " + baseUrl + ", secrets="
                + secrets.keySet() + ", settings=" + settings + "]";
    }
}

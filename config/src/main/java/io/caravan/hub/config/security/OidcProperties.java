package io.caravan.hub.config.security;

import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Tokens of an identity provider beside API keys, under {@code hub.oidc.*}; off while there is no issuer.
 *
 * @param issuerUri what a token's {@code iss} must be; where the provider describes itself unless {@code jwkSetUri} is set
 * @param jwkSetUri where the provider's public keys are, for one that does not describe itself
 * @param audience what a token's {@code aud} must hold: else tokens for other applications of the provider would do
 * @param accountClaim names the account. Defaults to {@code caravan_account}
 * @param roleClaim names the role or a list of them; dots lead into objects: {@code realm_access.roles}. Defaults to
 *     {@code caravan_role}
 * @param roles a value of the role claim to viewer, operator, designer or admin; a value that is not named here has to be
 *     one of these words itself
 */
@Validated
@ConfigurationProperties("hub.oidc")
public record OidcProperties(
        @Nullable URI issuerUri,
        @Nullable URI jwkSetUri,
        @Nullable String audience,
        @NotBlank @DefaultValue("caravan_account") String accountClaim,
        @NotBlank @DefaultValue("caravan_role") String roleClaim,
        @DefaultValue Map<String, String> roles) {

    public OidcProperties {
        roles = Map.copyOf(roles);
        roles.values().forEach(Role::of);
        if (issuerUri == null && jwkSetUri != null) {
            throw new IllegalArgumentException("hub.oidc.issuer-uri (HUB_OIDC_ISSUERURI) must be set with jwk-set-uri");
        }
        if (issuerUri != null && (audience == null || audience.isBlank())) {
            throw new IllegalArgumentException("hub.oidc.audience (HUB_OIDC_AUDIENCE) must be set with issuer-uri");
        }
    }
}

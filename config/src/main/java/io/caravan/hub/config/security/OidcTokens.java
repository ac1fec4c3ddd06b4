package io.caravan.hub.config.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.caravan.hub.config.accounts.Accounts;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Refs;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/** Callers by a token of the identity provider: signature, issuer, audience and time are checked, then the claims mapped. */
final class OidcTokens {

    private static final Logger LOG = LoggerFactory.getLogger(OidcTokens.class);
    private static final Duration REMEMBER = Duration.ofSeconds(5);
    /** Longest name of a person in the audit. */
    private static final int LONGEST_SUBJECT = 58;

    private final OidcProperties settings;
    private final Accounts accounts;
    private final JwtDecoder decoder;
    private final Cache<AccountId, Boolean> active =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(REMEMBER).build();

    OidcTokens(OidcProperties settings, Accounts accounts) {
        this.settings = settings;
        this.accounts = accounts;
        URI issuer = Objects.requireNonNull(settings.issuerUri());
        // asked at the first token: the hub starts while the provider is down
        this.decoder = new SupplierJwtDecoder(() -> decoder(settings, issuer.toString()));
    }

    private static JwtDecoder decoder(OidcProperties settings, String issuer) {
        NimbusJwtDecoder.JwkSetUriJwtDecoderBuilder keys = settings.jwkSetUri() == null
                ? NimbusJwtDecoder.withIssuerLocation(issuer)
                : NimbusJwtDecoder.withJwkSetUri(settings.jwkSetUri().toString());
        // by public keys alone: with a shared secret allowed, a public key could be taken for one
        NimbusJwtDecoder decoder = keys.jwsAlgorithms(allowed -> allowed.addAll(List.of(
                        SignatureAlgorithm.RS256,
                        SignatureAlgorithm.RS512,
                        SignatureAlgorithm.PS256,
                        SignatureAlgorithm.ES256,
                        SignatureAlgorithm.ES384)))
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(issuer),
                new JwtClaimValidator<Object>("exp", Objects::nonNull),
                new JwtClaimValidator<Collection<String>>(
                        "aud", audience -> audience != null && audience.contains(settings.audience()))));
        return decoder;
    }

    /**
     * Empty for a token that is not good here.
     *
     * @throws JwtException when the provider's keys cannot be had
     */
    Optional<Caller> find(String token) {
        Jwt jwt;
        try {
            jwt = decoder.decode(token);
        } catch (BadJwtException e) {
            // the message names the fault, never the token
            LOG.debug("A token was refused: {}", e.getMessage());
            return Optional.empty();
        }
        Optional<AccountId> account = account(jwt).filter(this::isActive);
        Optional<Role> role = role(jwt);
        if (account.isEmpty() || role.isEmpty()) {
            LOG.debug(
                    "A token was refused: its claims {} and {} name no account and role of this hub",
                    settings.accountClaim(),
                    settings.roleClaim());
            return Optional.empty();
        }
        return Optional.of(new Caller(subject(jwt), account.get(), role.get()));
    }

    private Optional<AccountId> account(Jwt jwt) {
        try {
            return claim(jwt, settings.accountClaim()) instanceof String id
                    ? Optional.of(new AccountId(id))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isActive(AccountId account) {
        return active.get(account, asked -> {
            try {
                accounts.requireActive(asked);
                return true;
            } catch (NoSuchElementException | IllegalStateException e) {
                return false;
            }
        });
    }

    /** The highest of those that the token names. */
    private Optional<Role> role(Jwt jwt) {
        Object claim = claim(jwt, settings.roleClaim());
        Stream<?> named = claim instanceof Collection<?> several ? several.stream() : Stream.ofNullable(claim);
        return named.map(String::valueOf)
                .map(name -> settings.roles().getOrDefault(name, name))
                .flatMap(OidcTokens::role)
                .max(Comparator.naturalOrder());
    }

    private static Stream<Role> role(String word) {
        return Stream.of(Role.values()).filter(role -> role.word().equals(word));
    }

    private static @Nullable Object claim(Jwt jwt, String path) {
        Object value = jwt.getClaims().get(path);
        if (value != null) {
            return value;
        }
        value = jwt.getClaims();
        for (String name : path.split("\\.")) {
            value = value instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return value;
    }

    /** Who it is, for rate limits and the audit; never the id of an API key. */
    private static String subject(Jwt jwt) {
        String subject = Objects.requireNonNullElse(jwt.getSubject(), "");
        boolean shown = subject.length() <= LONGEST_SUBJECT && subject.chars().allMatch(c -> c > ' ' && c < 127);
        return "oidc:" + (shown && !subject.isEmpty() ? subject : Refs.of("subject", subject));
    }
}

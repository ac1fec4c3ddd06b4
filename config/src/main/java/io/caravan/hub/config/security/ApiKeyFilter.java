package io.caravan.hub.config.security;

import io.caravan.hub.config.web.DatabaseAway;
import io.caravan.hub.config.web.HubMode;
import io.caravan.hub.config.web.Problem;
import io.caravan.hub.config.web.ProblemWriter;
import io.caravan.hub.config.web.RequestContext;
import io.caravan.hub.config.web.RequestIdFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads {@code Authorization: Bearer ...}: an API key, or a token of the identity provider when one is configured. An
 * unknown one is as good as none: 401 where one is needed.
 */
final class ApiKeyFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(ApiKeyFilter.class);
    private static final String BEARER = "Bearer ";
    private static final String UNAVAILABLE =
            "the token cannot be checked just now: the identity provider does not answer; an API key still works";

    private final ApiKeys keys;
    private final @Nullable OidcTokens tokens;
    private final HubMode mode;

    ApiKeyFilter(ApiKeys keys, @Nullable OidcTokens tokens, HubMode mode) {
        this.keys = keys;
        this.tokens = tokens;
        this.mode = mode;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader("Authorization");
        if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            try {
                find(header.substring(BEARER.length()).strip()).ifPresent(caller -> signIn(caller, request, response));
            } catch (DataAccessException e) {
                Problem away = DatabaseAway.of(e).orElseThrow(() -> e);
                LOG.warn("A key cannot be checked, the database is away: {}", e.getMessage());
                ProblemWriter.write(request, response, away);
                return;
            } catch (JwtException e) {
                LOG.warn("The identity provider's keys cannot be had: {}", e.getMessage());
                ProblemWriter.write(request, response, Problem.of(503, "identity-provider-unavailable", UNAVAILABLE));
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /** A key of an operator may look like anything; a token has two dots. */
    private Optional<Caller> find(String credential) {
        boolean token = credential.chars().filter(c -> c == '.').count() == 2;
        return token && tokens != null ? tokens.find(credential) : keys.find(credential);
    }

    private void signIn(Caller caller, HttpServletRequest request, HttpServletResponse response) {
        List<String> authorities = caller.role().authorities();
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        caller, null, AuthorityUtils.createAuthorityList(authorities)));
        RequestContext context = RequestContext.find(request);
        if (context != null) {
            context.with(caller).bind(request);
        }
        response.setHeader(RequestIdFilter.MODE_HEADER, mode.of(caller.account()));
    }
}

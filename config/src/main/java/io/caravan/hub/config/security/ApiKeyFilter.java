package io.caravan.hub.config.security;

import io.caravan.hub.config.web.HubMode;
import io.caravan.hub.config.web.RequestContext;
import io.caravan.hub.config.web.RequestIdFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads {@code Authorization: Bearer hub_...}. An unknown key is as good as none: 401 where one is needed. */
final class ApiKeyFilter extends OncePerRequestFilter {

    private static final String BEARER = "Bearer ";

    private final ApiKeys keys;
    private final HubMode mode;

    ApiKeyFilter(ApiKeys keys, HubMode mode) {
        this.keys = keys;
        this.mode = mode;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader("Authorization");
        if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            Optional<Caller> found = keys.find(header.substring(BEARER.length()).strip());
            found.ifPresent(caller -> signIn(caller, request, response));
        }
        chain.doFilter(request, response);
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

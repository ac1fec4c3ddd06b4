package io.caravan.hub.config.security;

import io.caravan.hub.config.accounts.Accounts;
import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.config.web.HubMode;
import io.caravan.hub.config.web.Problem;
import io.caravan.hub.config.web.ProblemWriter;
import io.caravan.hub.config.web.RequestIdFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.jolokia.server.core.service.api.Restrictor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.session.DisableEncodeUrlFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Two doors. The public port takes API keys as bearer tokens and keeps no session; the management port takes the same
 * keys by HTTP Basic, so that a browser can open Hawtio. One filter chain serves each, told apart by path: the paths of
 * the management port exist on no other.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final Problem LOGIN = Problem.of(
            401, "unauthorized", "log in with HTTP Basic: a key's id (admin) as user, the API key as password");
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final String VIEWER = Role.VIEWER.name();
    private static final String OPERATOR = Role.OPERATOR.name();
    private static final String ADMIN = Role.ADMIN.name();

    @Bean
    MasterKey masterKey(HubProperties hub) {
        String given = hub.master().key();
        Path file = hub.data().dir().resolve("master.key");
        String key = given == null || given.isBlank() ? PrivateFile.readOrCreate(file, MasterKey::generate) : given;
        return new MasterKey(key, hub.master().previous());
    }

    @Bean
    ApiKeys apiKeys(JdbcClient jdbc, MasterKey master) {
        return new ApiKeys(jdbc, master);
    }

    /** @param accounts has made the account that the key belongs to */
    @Bean
    AdminKey adminKey(ApiKeys keys, HubProperties hub, Accounts accounts) {
        return new AdminKey(keys, hub);
    }

    @Bean
    Restrictor jolokiaPolicy() {
        return new JolokiaPolicy();
    }

    /** One observation for each of its filters costs more than the filters; the request as a whole is observed anyway. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** What the firewall turns away (encoded slashes, control characters in headers) is a 400 like any other. */
    @Bean
    RequestRejectedHandler requestRejected() {
        return (request, response, rejected) -> ProblemWriter.write(request, response, Problem.ofStatus(400));
    }

    @Bean
    @Order(1)
    SecurityFilterChain management(HttpSecurity http, ApiKeys keys, HubMode mode, HubProperties hub) throws Exception {
        CookieCsrfTokenRepository cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
        return http.securityMatcher(SecurityConfiguration::isManagement)
                .authenticationManager(
                        new ProviderManager(new KeyLogin(keys, hub.admin().account())))
                .authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/observe/health", "/observe/health/**")
                        .permitAll()
                        .requestMatchers(SecurityConfiguration::isNoUseOfHawtio)
                        .denyAll()
                        .anyRequest()
                        .hasRole(VIEWER))
                .addFilterBefore(new RequestIdFilter(mode), DisableEncodeUrlFilter.class)
                .httpBasic(basic -> basic.authenticationEntryPoint(refusing("Basic", LOGIN)))
                .exceptionHandling(refused -> refused.authenticationEntryPoint(refusing("Basic", LOGIN))
                        .accessDeniedHandler(SecurityConfiguration::forbidden))
                // Jolokia is called by POST from Hawtio's scripts, which send the cookie's token back
                .csrf(csrf -> csrf.csrfTokenRepository(cookie)
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                        .ignoringRequestMatchers(SecurityConfiguration::isNoBrowser))
                .requestCache(AbstractHttpConfigurer::disable)
                .addFilterAfter(new SendCsrfCookie(), CsrfFilter.class)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain api(HttpSecurity http, ApiKeys keys, HubMode mode, OidcProperties oidc, Accounts accounts)
            throws Exception {
        OidcTokens tokens = oidc.issuerUri() == null ? null : new OidcTokens(oidc, accounts);
        return http.authorizeHttpRequests(
                        rules -> rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                                .permitAll()
                                .requestMatchers(
                                        HttpMethod.GET,
                                        "/",
                                        "/healthz",
                                        "/ready",
                                        "/health",
                                        "/v3/api-docs",
                                        "/openapi.json",
                                        "/swagger-ui.html",
                                        "/swagger-ui/**")
                                .permitAll()
                                // refused by their signature, not by a key
                                .requestMatchers(HttpMethod.POST, "/api/v1/webhooks/**", "/api/billing/webhooks")
                                .permitAll()
                                .requestMatchers("/api/v1/keys", "/api/v1/keys/**", "/api/v1/backups")
                                .hasRole(ADMIN)
                                .requestMatchers(HttpMethod.POST, "/api/v1/connections/**")
                                .hasRole(ADMIN)
                                .requestMatchers(HttpMethod.GET)
                                .hasRole(VIEWER)
                                .requestMatchers(HttpMethod.HEAD)
                                .hasRole(VIEWER)
                                .anyRequest()
                                .hasRole(OPERATOR))
                .addFilterBefore(new ApiKeyFilter(keys, tokens, mode), AnonymousAuthenticationFilter.class)
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(refusing("Bearer", Problem.ofStatus(401)))
                                .accessDeniedHandler(SecurityConfiguration::forbidden))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    private static AuthenticationEntryPoint refusing(String scheme, Problem problem) {
        return (request, response, failure) -> {
            response.setHeader("WWW-Authenticate", scheme + " realm=\"caravan\"");
            ProblemWriter.write(request, response, problem);
        };
    }

    private static void forbidden(HttpServletRequest request, HttpServletResponse response, Exception failure)
            throws IOException {
        ProblemWriter.write(request, response, Problem.ofStatus(403));
    }

    /** Jolokia is a servlet of its own: Spring's path matchers would look for its paths behind the dispatcher's. */
    private static boolean isManagement(HttpServletRequest request) {
        String path = path(request);
        return path.equals("/observe")
                || path.startsWith("/observe/")
                || path.equals("/actuator")
                || path.startsWith("/actuator/");
    }

    /** Its pages are read, and its Jolokia called. Its login and proxy are off; their servlets answer 500 or half a reply. */
    private static boolean isNoUseOfHawtio(HttpServletRequest request) {
        String path = path(request);
        return path.startsWith("/actuator/hawtio")
                && !path.startsWith("/actuator/hawtio/jolokia")
                && !READS.contains(request.getMethod());
    }

    private static String path(HttpServletRequest request) {
        return request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    }

    /** A browser sends where it comes from or which kind of fetch this is; command line tools do not. */
    private static boolean isNoBrowser(HttpServletRequest request) {
        return request.getHeader("Origin") == null
                && request.getHeader("Referer") == null
                && request.getHeader("Sec-Fetch-Site") == null;
    }

    /** The token is made lazily; Hawtio needs the cookie with its first page. */
    private static final class SendCsrfCookie extends OncePerRequestFilter {
        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            if (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
                token.getToken();
            }
            chain.doFilter(request, response);
        }
    }
}

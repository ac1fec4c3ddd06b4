package io.caravan.hub.config.security;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/** The management port's login: user = a key's id ({@code admin} for the operator's), password = the key. */
final class KeyLogin implements AuthenticationProvider {

    private final ApiKeys keys;

    KeyLogin(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public Authentication authenticate(Authentication login) {
        Caller caller = keys.find(String.valueOf(login.getCredentials()))
                .filter(known -> known.keyId().equals(login.getName()))
                .orElseThrow(() -> new BadCredentialsException("unknown key"));
        return UsernamePasswordAuthenticationToken.authenticated(
                caller, null, AuthorityUtils.createAuthorityList(caller.role().authorities()));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}

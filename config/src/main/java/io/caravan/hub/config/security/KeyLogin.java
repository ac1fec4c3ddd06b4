package io.caravan.hub.config.security;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * The management port's login: user = a key's id ({@code admin} for the operator's), password = the key. Figures and
 * MBeans there are of all accounts together, so only keys of the operator's account open it.
 */
final class KeyLogin implements AuthenticationProvider {

    private final ApiKeys keys;
    private final String account;

    /** @param account the operator's */
    KeyLogin(ApiKeys keys, String account) {
        this.keys = keys;
        this.account = account;
    }

    @Override
    public Authentication authenticate(Authentication login) {
        Caller caller = keys.find(String.valueOf(login.getCredentials()))
                .filter(known -> known.keyId().equals(login.getName()))
                .filter(known -> known.account().value().equals(account))
                .orElseThrow(() -> new BadCredentialsException("unknown key"));
        return UsernamePasswordAuthenticationToken.authenticated(
                caller, null, AuthorityUtils.createAuthorityList(caller.role().authorities()));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}

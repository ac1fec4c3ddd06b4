package io.caravan.hub.connectors.etsy;

import io.caravan.hub.model.Names;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.TokenPair;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** The credential: proving it with reads, and renewing its token. */
public final class EtsyAccessMapper {

    /** Proves the app's key and shared secret. */
    public EtsyCall app() {
        return new EtsyCall(EtsyCall.BASE + "/openapi-ping", "", "", false, "");
    }

    /** Proves the shop's token. */
    public EtsyCall me() {
        return EtsyCall.get("/users/me", "");
    }

    /** Shape: in, both replies; out, {@code {application_id, user_id, shop_id}}. */
    public Map<String, Object> proof(@Variable("etsyApp") Object app, @Body @Nullable Object me) {
        Map<String, Object> proof = new LinkedHashMap<>();
        proof.put("application_id", EtsyJson.id(EtsyJson.map(app), "application_id"));
        proof.put("user_id", EtsyJson.id(EtsyJson.map(me), "user_id"));
        proof.put("shop_id", EtsyJson.text(EtsyJson.map(me), "shop_id"));
        return proof;
    }

    /** The renewal. {@code client_id} is the keystring alone here, without the shared secret. */
    public EtsyCall refresh(@Variable(Names.CONNECTION) Connection connection) {
        EtsyForm form = new EtsyForm()
                .put("grant_type", "refresh_token")
                .put("client_id", connection.secret("keystring"))
                .put("refresh_token", connection.secret("refreshToken"));
        return new EtsyCall("/v3/public/oauth/token", "", EtsyForm.CONTENT_TYPE, false, form.bytes());
    }

    /**
     * Shape: in, {@code {access_token, refresh_token, expires_in}}. The old refresh token is dead from now on: store the
     * pair before its first use.
     */
    public TokenPair pair(@Body @Nullable Object reply) {
        Map<String, Object> map = EtsyJson.map(reply);
        String access = EtsyJson.text(map, "access_token");
        String refresh = EtsyJson.text(map, "refresh_token");
        long seconds = EtsyJson.number(map, "expires_in");
        if (access.isEmpty() || refresh.isEmpty() || seconds <= 0) {
            throw EtsyJson.unreadable("an answer without a whole pair of tokens");
        }
        return new TokenPair(access, refresh, Duration.ofSeconds(seconds));
    }
}

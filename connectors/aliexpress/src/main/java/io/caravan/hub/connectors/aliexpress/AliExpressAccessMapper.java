package io.caravan.hub.connectors.aliexpress;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.TokenPair;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** The credential: proving it with a read, and renewing its token. */
public final class AliExpressAccessMapper {

    static final String PING = "aliexpress.ds.category.get";

    /** The read with the most room: 1,000 a second. */
    public AliExpressCall ping() {
        return AliExpressCall.business(PING, Map.of());
    }

    /** Shape: out, {@code {categories}}: how many the app may see. */
    public Map<String, Object> proof(@Body @Nullable Object reply) {
        Map<?, ?> root = AliExpressReply.root(reply, PING);
        Map<?, ?> answer = AliExpressReply.map(root.get("resp_result"));
        if (!AliExpressReply.text(answer, "resp_code").equals("200")) {
            throw AliExpressReply.failure(
                    ErrorKind.TRANSIENT,
                    "unreadable",
                    "gave no categories: " + AliExpressReply.text(answer, "resp_msg"));
        }
        Object categories = AliExpressReply.map(answer.get("result")).get("categories");
        return Map.of("categories", AliExpressReply.list(categories).size());
    }

    /** The renewal; it does not know the old access token. */
    public AliExpressCall refresh(@Variable(Names.CONNECTION) Connection connection) {
        return AliExpressCall.system("/auth/token/refresh", Map.of("refresh_token", connection.secret("refreshToken")));
    }

    /**
     * Shape: in, {@code {access_token, refresh_token, expires_in, refresh_expires_in, ...}}. The old access token is dead
     * from now on: store the pair before its first use. A renewal does not lengthen the life of the refresh token; with
     * {@code refresh_expires_in} 0 the new access token is the last, and the renewal after it is refused.
     *
     * @throws io.caravan.hub.model.VendorException of kind UNAUTHORISED when a person has to authorise again
     */
    public TokenPair pair(@Body @Nullable Object reply) {
        Map<?, ?> map = AliExpressReply.map(reply);
        String access = AliExpressReply.text(map, "access_token");
        String refresh = AliExpressReply.text(map, "refresh_token");
        Long seconds = AliExpressReply.number(map, "expires_in");
        boolean usable = !access.isEmpty() && seconds != null && seconds > 0;
        if (!usable && AliExpressReply.text(map, "refresh_expires_in").equals("0")) {
            throw AliExpressReply.failure(
                    ErrorKind.UNAUTHORISED,
                    "refresh-ended",
                    "the refresh token has come to its end, a person has to connect the account again");
        }
        if (!usable || seconds == null) {
            throw AliExpressReply.unreadable("an answer without a whole pair of tokens");
        }
        return new TokenPair(access, refresh, Duration.ofSeconds(seconds));
    }
}

package io.caravan.hub.connectors.aliexpresspage;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The switch in front of every page, and the headers of a request. */
public final class AliExpressPageAccess {

    /** @throws VendorException of kind UNAUTHORISED when nobody switched the reading of pages on */
    public void open(@Body PageCall call, Exchange exchange) {
        Connection connection = exchange.getVariable(Names.CONNECTION, Connection.class);
        if (!connection.settingOr("enabled", "false").equals("true")) {
            throw new VendorException(
                    ErrorKind.UNAUTHORISED,
                    AliExpressPageErrors.VENDOR,
                    Connection.NOT_CONFIGURED,
                    0,
                    "reading pages is off: AliExpress' terms forbid it. Connect the API, or set the connection's setting"
                            + " enabled to true on your own account",
                    "");
        }
        Message message = exchange.getMessage();
        message.setHeader("Accept", "text/html,application/json;q=0.9");
        message.setHeader("Accept-Language", call.language());
        message.setHeader("Cookie", call.cookie());
    }
}

package io.caravan.hub.connectors.tiktok;

import io.caravan.hub.model.Names;
import io.caravan.hub.model.connection.Connection;
import org.apache.camel.Exchange;

/** Where version 2 of the API begins. Apify's own pages give the base with the version and without it: both are taken. */
final class ApiRoot {

    private static final String VERSION = "/v2";

    private ApiRoot() {}

    static String of(Exchange exchange) {
        Connection connection = exchange.getVariable(Names.CONNECTION, Connection.class);
        if (connection == null) {
            throw new IllegalStateException("the variable " + Names.CONNECTION + " must hold the connection to Apify");
        }
        String base = connection.baseUrl().toString();
        return base.endsWith(VERSION) ? base : base + VERSION;
    }
}

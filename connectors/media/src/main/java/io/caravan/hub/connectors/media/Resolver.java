package io.caravan.hub.connectors.media;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Names to addresses; a seam, so that tests need no net. */
@FunctionalInterface
interface Resolver {

    InetAddress[] resolve(String host) throws UnknownHostException;
}

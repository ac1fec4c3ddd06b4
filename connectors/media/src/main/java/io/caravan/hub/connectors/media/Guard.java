package io.caravan.hub.connectors.media;

import io.caravan.hub.connectors.egress.PublicAddress;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.core5.http.HttpHost;

/**
 * Turns a target into the one address that is connected to. The address that was checked is put into the {@link HttpHost},
 * so nothing resolves the name a second time and a name server cannot answer differently later.
 */
final class Guard {

    private final Resolver resolver;

    Guard(Resolver resolver) {
        this.resolver = resolver;
    }

    /**
     * @throws VendorException REJECTED {@code private-address} when any of the name's addresses is not public; NOT_SENT
     *     {@code dns} when there is none
     */
    HttpHost pin(Target target) {
        InetAddress[] addresses;
        try {
            addresses = resolver.resolve(target.host());
        } catch (UnknownHostException e) {
            throw Refusal.of(ErrorKind.NOT_SENT, "dns", 0, target.host() + " cannot be found", null, e);
        }
        if (addresses.length == 0) {
            throw Refusal.of(ErrorKind.NOT_SENT, "dns", 0, target.host() + " has no address", null, null);
        }
        if (!target.allowed()) {
            for (InetAddress address : addresses) {
                // one bad address among good ones is an attack or a broken zone; neither is fetched from
                if (!PublicAddress.is(address)) {
                    throw Refusal.rejected("private-address", target.host() + " is not on the public net");
                }
            }
        }
        return new HttpHost(target.scheme(), addresses[0], target.host(), target.port());
    }
}

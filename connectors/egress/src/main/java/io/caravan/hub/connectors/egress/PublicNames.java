package io.caravan.hub.connectors.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;

/**
 * A name that looks public has to lead to the public net: a seller's {@code storeUrl} is a name of the seller's choice,
 * and so is what it resolves to, and when. Asked for each connection, and the addresses that were looked at are those that
 * are connected to. Numbers, {@code localhost} and names of the inside are the operator's own words; sellers cannot give them.
 */
final class PublicNames implements DnsResolver {

    private static final Pattern PUBLIC =
            Pattern.compile("(?:[a-z0-9_](?:[a-z0-9_-]{0,62})\\.)+[a-z][a-z0-9-]{1,62}\\.?");
    private static final Pattern INSIDE =
            Pattern.compile(".*\\.(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|arpa)\\.?");

    private final DnsResolver names;
    private final Supplier<Set<String>> own;

    /** @param own hosts of the operator's configuration, in lower case, which may lie inside */
    PublicNames(DnsResolver names, Supplier<Set<String>> own) {
        this.names = names;
        this.own = own;
    }

    /** @throws NotPublic when one of the name's addresses is not public */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        String name = host.toLowerCase(Locale.ROOT);
        if (PUBLIC.matcher(name).matches()
                && !INSIDE.matcher(name).matches()
                && !own.get().contains(name)) {
            for (InetAddress address : addresses) {
                if (!PublicAddress.is(address)) {
                    throw new NotPublic(host);
                }
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }

    /** Nothing was sent, and nothing will be. */
    static final class NotPublic extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        NotPublic(String host) {
            super(host);
        }
    }
}

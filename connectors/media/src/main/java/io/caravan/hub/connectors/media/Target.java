package io.caravan.hub.connectors.media;

import io.caravan.hub.model.VendorException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a picture is to be fetched, once its address is written as addresses should be. Spellings that software reads in
 * different ways (decimal and octal hosts, user names, backslashes, other alphabets) are refused, not interpreted.
 *
 * @param host lower case, IPv6 without brackets
 * @param allowed whether {@code host:port} is on the allow-list, so that its addresses need not be public
 */
record Target(URI uri, String scheme, String host, int port, boolean allowed) {

    private static final int LONGEST = 2_000;
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:]+(?:\\.[0-9]+){0,3}");
    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");
    /** What the last label of a number in disguise looks like: 127.1, 0x7f.1, 2130706433. */
    private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)\\.?");
    /** Names that mean the inside of a network wherever they are resolved. */
    private static final Pattern INSIDE =
            Pattern.compile("(?:.*\\.)?(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|arpa)");

    /**
     * @param allow {@code host:port} pairs
     * @throws VendorException REJECTED, {@code bad-url} or {@code private-address}
     */
    static Target of(String url, Set<String> allow) {
        if (url.length() > LONGEST) {
            throw Refusal.rejected("bad-url", "the address has " + url.length() + " characters");
        }
        URI uri = parse(url);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw Refusal.rejected("bad-url", "only http and https addresses are fetched");
        }
        String authority = uri.getRawAuthority();
        if (authority == null || uri.getRawUserInfo() != null || authority.indexOf('@') >= 0) {
            throw Refusal.rejected("bad-url", "the address has no host, or a user name before it");
        }
        // a registry-based authority (underscores, spaces encoded, other alphabets) has no host for java.net.URI
        String raw = (uri.getHost() == null ? hostOf(authority) : uri.getHost()).toLowerCase(Locale.ROOT);
        int port = port(authority, raw, scheme);
        boolean allowed = allow.contains(raw + ":" + port);
        String host = raw.startsWith("[") ? raw.substring(1, raw.length() - 1) : raw;
        if (!allowed) {
            checkHost(raw, host);
            if (port != 80 && port != 443) {
                throw Refusal.rejected("bad-url", "pictures are fetched from ports 80 and 443 alone");
            }
        }
        return new Target(uri, scheme, host, port, allowed);
    }

    private static URI parse(String url) {
        if (!url.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw Refusal.rejected("bad-url", "the address holds characters that must be encoded");
        }
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw Refusal.rejected("bad-url", "the address cannot be read");
        }
    }

    private static String hostOf(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > 0 && authority.indexOf(']') < colon ? authority.substring(0, colon) : authority;
    }

    private static int port(String authority, String host, String scheme) {
        String rest = authority.substring(Math.min(host.length(), authority.length()));
        if (rest.isEmpty() || rest.equals(":")) {
            return scheme.equals("http") ? 80 : 443;
        }
        if (!rest.matches(":[0-9]{1,5}")) {
            throw Refusal.rejected("bad-url", "the address has a port that is no number");
        }
        return Integer.parseInt(rest.substring(1));
    }

    private static void checkHost(String raw, String host) {
        if (raw.startsWith("[")) {
            if (!IPV6.matcher(host).matches()) {
                throw Refusal.rejected(
                        "private-address", "an IPv6 address with a zone or in another spelling is not fetched");
            }
            return;
        }
        if (NUMERIC.matcher(host).matches() && !IPV4.matcher(host).matches()) {
            throw Refusal.rejected("private-address", "the host is a number in another spelling than 192.0.2.1");
        }
        boolean name = NAME.matcher(host).matches();
        if (INSIDE.matcher(host.endsWith(".") ? host.substring(0, host.length() - 1) : host)
                        .matches()
                || (!name && host.indexOf('.') < 0)) {
            throw Refusal.rejected("private-address", "the host is a name of the inside of a network");
        }
        if (!name && !IPV4.matcher(host).matches()) {
            throw Refusal.rejected("bad-url", "the host is no name of the public net");
        }
    }
}

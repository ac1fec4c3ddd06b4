package io.caravan.hub.connectors.egress;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses are public unicast. Everything that an IANA registry marks as not globally reachable is refused, and so
 * are the IPv6 ranges that carry an IPv4 address inside.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4 special-purpose registry</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6, both read 2026-11-20</a>
 */
public final class PublicAddress {

    private static final List<Block> V4 = blocks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8",
            "100.64.0.0/10", // carrier-grade NAT
            "127.0.0.0/8",
            "169.254.0.0/16", // link-local, with the clouds' metadata services
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24", // documentation
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24", // 6to4 relay
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, broadcast

    /** Only 2000::/3 is given out as global unicast; these lie in it and are no places on the net. */
    private static final List<Block> V6 = blocks(
            "2001::/23", // protocol assignments, Teredo among them
            "2001:db8::/32",
            "2002::/16", // 6to4
            "2620:4f:8000::/48",
            "3fff::/20",
            "3ffe::/16",
            "5f00::/16");

    private static final Block GLOBAL_V6 = Block.of("2000::/3");

    private PublicAddress() {}

    /** Java itself turns IPv4-mapped IPv6 into {@link Inet4Address}; all other ranges with IPv4 inside are refused. */
    public static boolean is(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return V4.stream().noneMatch(block -> block.holds(bytes));
        }
        return GLOBAL_V6.holds(bytes) && V6.stream().noneMatch(block -> block.holds(bytes));
    }

    private static List<Block> blocks(String... texts) {
        return java.util.Arrays.stream(texts).map(Block::of).toList();
    }

    private record Block(BigInteger prefix, int length, int bits) {

        static Block of(String text) {
            int slash = text.indexOf('/');
            byte[] bytes = literal(text.substring(0, slash));
            int length = Integer.parseInt(text.substring(slash + 1));
            int bits = bytes.length * 8;
            return new Block(new BigInteger(1, bytes).shiftRight(bits - length), length, bits);
        }

        boolean holds(byte[] address) {
            return address.length * 8 == bits
                    && new BigInteger(1, address).shiftRight(bits - length).equals(prefix);
        }

        private static byte[] literal(String text) {
            try {
                return InetAddress.getByName(text).getAddress();
            } catch (java.net.UnknownHostException e) {
                throw new IllegalArgumentException(text + " is no address", e);
            }
        }
    }
}

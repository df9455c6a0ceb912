package dev.assent.reconcile.notification;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/// Tells addresses of the wide Internet from those of this machine and its own networks, where a
/// URL of a stranger must not lead.
final class Addresses {

    /// A block of addresses: those that begin with the same bits.
    private record Block(BigInteger start, int length, int bits) {

        private static Block of(String text) {
            var slash = text.indexOf('/');
            // The text is an address, so that nobody is asked for a name.
            var start = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
            return new Block(
                    new BigInteger(1, start),
                    start.length * Byte.SIZE,
                    Integer.parseInt(text.substring(slash + 1)));
        }

        private boolean holds(InetAddress address) {
            var bytes = address.getAddress();
            if (bytes.length * Byte.SIZE != length) return false;
            return new BigInteger(1, bytes).xor(start).shiftRight(length - bits).signum() == 0;
        }
    }

    private static final List<Block> NOT_PUBLIC_4 =
            blocks(
                    "0.0.0.0/8", // this network
                    "10.0.0.0/8", // private
                    "100.64.0.0/10", // behind a carrier's NAT
                    "127.0.0.0/8", // this machine
                    "169.254.0.0/16", // link-local: where clouds answer questions about a machine
                    "172.16.0.0/12", // private
                    "192.0.0.0/24", // protocol assignments
                    "192.0.2.0/24", // documentation
                    "192.88.99.0/24", // 6to4 relays
                    "192.168.0.0/16", // private
                    "198.18.0.0/15", // benchmarks
                    "198.51.100.0/24", // documentation
                    "203.0.113.0/24", // documentation
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4"); // reserved, broadcast

    /// All that is public at all; what is mapped, translated, unique-local, link-local and
    /// multicast lies outside.
    private static final Block GLOBAL_6 = Block.of("2000::/3");

    private static final List<Block> NOT_PUBLIC_6 =
            blocks(
                    "2001::/23", // protocol assignments, Teredo
                    "2001:db8::/32", // documentation
                    "2002::/16", // 6to4: holds an IPv4 address
                    "3fff::/20"); // documentation

    private Addresses() {}

    static boolean isPublic(InetAddress address) {
        if (address instanceof Inet4Address) return isOutside(NOT_PUBLIC_4, address);
        return GLOBAL_6.holds(address) && isOutside(NOT_PUBLIC_6, address);
    }

    private static boolean isOutside(List<Block> blocks, InetAddress address) {
        return blocks.stream().noneMatch(it -> it.holds(address));
    }

    private static List<Block> blocks(String... texts) {
        return List.of(texts).stream().map(Block::of).toList();
    }
}

/// The other end of a connection.
package final class Peer: Sendable {
    /// Its IP address as text, without a port; empty for a Unix socket.
    package let address: String
    /// Whose share of each limit it uses. Nil: nobody's, for a Unix socket or a proxy that stands for many clients.
    package let network: ClientNetwork?

    package init(address: String, network: ClientNetwork?) {
        self.address = address
        self.network = network
    }
}

/// What counts as one client: an IPv4 address, or a /64 of IPv6, of which one household gets a whole one (RFC 6177).
package struct ClientNetwork: Hashable, Sendable {
    private let isIPv6: Bool
    private let bits: UInt64

    /// `bytes`: the 4 of an IPv4 address, or the 16 of an IPv6 address, in network order. An IPv4 address mapped into IPv6
    /// (RFC 4291 §2.5.5.2) is the IPv4 address.
    package init(_ bytes: some Collection<UInt8>) {
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        let isMapped = bytes.count == 16 && bytes.starts(with: mapped)
        isIPv6 = bytes.count == 16 && !isMapped
        let significant = isMapped ? bytes.dropFirst(12).prefix(4) : bytes.prefix(isIPv6 ? 8 : 4)
        bits = significant.reduce(0) { $0 << 8 | UInt64($1) }
    }
}

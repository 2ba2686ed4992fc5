/// Who sent a request and over what, seen through the proxies that are trusted to say so.
package struct ForwardedOrigin: Equatable, Sendable {
    /// The client's IP address as text.
    package var address: String
    /// `http` or `https`.
    package var scheme: String
    /// What the client asked for, as in its field `Host`; nil where no proxy that is believed tells.
    package var host: String?

    /// `peer` is believed for itself. If it is one of the trusted proxies, the last entry of `Forwarded`
    /// (RFC 7239), or of `X-Forwarded-For` and its kin, tells who sent the request to it; and so on, to the
    /// left, for as long as that is a trusted proxy too. What stands further left, the client may have made up.
    ///
    /// A proxy that writes one kind may let the client's own fields of the other kind through: where both are there
    /// and disagree, neither is believed.
    package init(headers: Headers, peer: String, trusted: [IPNetwork]) {
        // A Unix socket has no address: who may connect to it is a proxy on this machine.
        guard !trusted.isEmpty || peer.isEmpty else {
            self.init(walking: [], from: peer, trusted: [])
            return
        }
        let peer = IPAddress.canonical(peer) ?? peer
        let standard = Self.standardHops(headers)
        let usual = Self.usualHops(headers)
        self.init(walking: standard.isEmpty ? usual : standard, from: peer, trusted: trusted)
        guard !standard.isEmpty, !usual.isEmpty else { return }
        let other = Self(walking: usual, from: peer, trusted: trusted)
        if address != other.address || scheme != other.scheme {
            self = Self(walking: [], from: peer, trusted: [])
        } else if host != other.host {
            host = nil
        }
    }

    private init(walking hops: [Hop], from peer: String, trusted: [IPNetwork]) {
        address = peer
        scheme = "http"
        for hop in hops.reversed() {
            guard address.isEmpty || trusted.contains(where: { $0.contains(address) }) else { return }
            if let scheme = hop.scheme { self.scheme = scheme }
            if let host = hop.host { self.host = host }
            // A hop that hides its client (`unknown`, `_hidden`) is the last one known.
            guard let sender = hop.sender else { return }
            address = sender
        }
    }

    private struct Hop {
        var sender: String?
        var scheme: String?
        var host: String?
    }

    /// Of `Forwarded`, the nearest last.
    private static func standardHops(_ headers: Headers) -> [Hop] {
        items(headers, "Forwarded").map(hop)
    }

    /// Of `X-Forwarded-For`, `-Proto`, `-Host` and `-Port`, the nearest last.
    private static func usualHops(_ headers: Headers) -> [Hop] {
        let senders = items(headers, "X-Forwarded-For").map(IPAddress.withoutPort)
        let schemes = items(headers, "X-Forwarded-Proto").map(known)
        let hosts = items(headers, "X-Forwarded-Host")
        let ports = items(headers, "X-Forwarded-Port")
        let count = max(senders.count, schemes.count, hosts.count, ports.count)
        // The lists are as long as each other, or a value is given once: by the nearest.
        func item<Item>(_ items: [Item], _ fromEnd: Int) -> Item? {
            fromEnd < items.count ? items[items.count - 1 - fromEnd] : nil
        }
        return (0..<count).reversed().map { fromEnd in
            // A proxy that tells the port alone has left the name where it was.
            let host = item(hosts, fromEnd) ?? (item(ports, fromEnd) == nil ? nil : headers["Host"])
            return Hop(
                sender: item(senders, fromEnd) ?? nil, scheme: item(schemes, fromEnd) ?? nil,
                host: host.map { withPort($0, item(ports, fromEnd)) })
        }
    }

    /// The host with that port, where it names none.
    private static func withPort(_ host: String, _ port: String?) -> String {
        guard let port, !port.isEmpty, port.utf8.allSatisfy(\.isDigit) else { return host }
        let name = host.utf8.lastIndex(of: UInt8(ascii: "]")) ?? host.startIndex
        return host.utf8[name...].contains(Byte.colon) ? host : "\(host):\(port)"
    }

    /// `for=192.0.2.60;proto=https;by=203.0.113.43`, values perhaps quoted.
    private static func hop(_ element: String) -> Hop {
        var hop = Hop()
        for pair in FieldList.split(element, at: Byte.semicolon) {
            guard let mark = pair.utf8.firstIndex(of: Byte.equals) else { continue }
            let name = pair[..<mark].lowercased()
            let value = pair[pair.utf8.index(after: mark)...].filter { $0 != "\"" && $0 != "\\" }
            if name == "for" { hop.sender = IPAddress.withoutPort(value) }
            if name == "proto" { hop.scheme = known(value) }
            if name == "host" { hop.host = value }
        }
        return hop
    }

    private static func items(_ headers: Headers, _ name: String) -> [String] {
        headers.values(name).flatMap { FieldList.split($0, at: Byte.comma) }
    }

    private static func known(_ scheme: String) -> String? {
        let scheme = scheme.lowercased()
        return scheme == "http" || scheme == "https" ? scheme : nil
    }
}

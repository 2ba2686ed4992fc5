import HTTP
import Synchronization
import Templating

/// Mistakes in the settings of the program and of a proxy in front of it, recognized by what reaches it. The log tells each once,
/// with the line that mends it.
final class ProxyMistakes: Sendable {
    private enum Kind {
        case lostHost, untrusted, secureOnly, lostLogIn
    }

    /// Machines that no stranger has the address of: this one and those of its own network.
    private static let near = [
        "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1", "fc00::/7", "fe80::/10",
    ].compactMap { IPNetwork($0) }
    private static let thisMachine = ["127.0.0.0/8", "::1"].compactMap { IPNetwork($0) }

    private let log: Log
    private let told = Mutex<Set<Kind>>([])

    init(_ log: Log) { self.log = log }

    /// A proxy tells that the client came by https, and nobody has said that it is to be believed. `trusted`: those that are.
    func noteUntrusted(_ request: Request, _ origin: ForwardedOrigin, trusted: [IPNetwork]) {
        let claims = ["X-Forwarded-Proto", "Forwarded"].compactMap { request.headers[$0]?.lowercased() }
        guard origin.scheme == "http", claims.contains(where: { $0.contains("https") }),
            Self.near.contains(where: { $0.contains(request.peer) }),
            !trusted.contains(where: { $0.contains(request.peer) })
        else { return }
        tellOnce(
            .untrusted,
            "\(request.peer) says that it serves https and is not trusted: if it is your proxy, cookies go out without "
                + "Secure, and all visitors count as one network, until the server is started with --trusted-proxy "
                + request.peer)
    }

    /// A form was refused because its page's site is not the host of the request. Returns what the page says where a
    /// proxy that does not pass the host on would explain that; nil where it looks like another site.
    func lostHost(_ request: Request, host: String) -> Message? {
        guard request.headers.values("Sec-Fetch-Site").isEmpty, let origin = request.headers["Origin"],
            let site = origin.split(separator: "/", omittingEmptySubsequences: false).dropFirst(2).first
        else { return nil }
        let (asked, told) = (Self.name(String(site)), Self.name(host))
        // A Unix socket has no address.
        let isNear = request.peer.isEmpty || Self.near.contains { $0.contains(request.peer) }
        guard isNear, asked == told || (Self.isThisMachine(told) && !Self.isThisMachine(asked)) else {
            return nil
        }
        let remedy = "in nginx: proxy_set_header Host $http_host;"
        tellOnce(
            .lostHost,
            "a form of \(origin.prefix(100)) was refused, because its request names the host \(host.prefix(100)); "
                + "a proxy has to pass on the host and port that the browser asked for, \(remedy)")
        return Message(
            "This form was sent from another site, so nothing was changed. If you meant to do it, open the page here and send it again. If there is a proxy in front of this server, it has to pass on the host and port that the browser asked for ({remedy}).",
            ["remedy": remedy])
    }

    /// A browser has not kept the cookies of its log-in. `isSecureOnly`: they are Secure, and its page came by http.
    func noteLostLogIn(isSecureOnly: Bool) {
        if isSecureOnly {
            tellOnce(
                .secureOnly,
                "a browser did not keep its log-in, whose cookies are Secure, as its page came by http: serve https, or "
                    + "start the server with --secure-cookies auto")
        } else {
            tellOnce(
                .lostLogIn,
                "a browser did not keep its log-in: it keeps no cookies, or has Secure ones of this site from https, which a "
                    + "page by http cannot replace; a proxy that serves https has to be named by --trusted-proxy, and "
                    + "has to send http there")
        }
    }

    private func tellOnce(_ kind: Kind, _ text: String) {
        guard told.withLock({ $0.insert(kind).inserted }) else { return }
        log.write(.warning, text)
    }

    private static func isThisMachine(_ name: String) -> Bool {
        name == "localhost" || thisMachine.contains { $0.contains(name) }
    }

    /// Without port and brackets, in lower case.
    private static func name(_ host: String) -> String {
        let host = host.lowercased()
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") { return String(host[..<end].dropFirst()) }
        return String(host.prefix { $0 != ":" })
    }
}

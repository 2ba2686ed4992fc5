import CLinux
import Glibc
import Platform

/// A socket that listens. Several may listen on one address, one per event loop: the kernel spreads the connections
/// over them (`SO_REUSEPORT`, socket(7)).
final class LinuxListener: Listener, Sendable {
    /// Connections that the kernel completes ahead of us; it cuts this at `net.core.somaxconn`.
    private static let backlog: Int32 = 4096

    private let owned: FileDescriptor
    /// Nil: connections are not encrypted.
    private let tls: TLSConfiguration?
    /// Stand for many clients.
    private let isProxy: @Sendable (String) -> Bool
    let isInherited: Bool
    /// Where it really listens: with the port the kernel has chosen, if that was left to it.
    let address: SocketAddress

    init(
        on address: SocketAddress, tls: TLSConfiguration? = nil,
        isProxy: @escaping @Sendable (String) -> Bool = { _ in false }
    ) throws(SystemError) {
        owned = try Self.bound(to: address, isShared: true)
        isInherited = false
        self.tls = tls
        self.isProxy = isProxy
        let number = owned.number
        // Connections inherit it: an answer is one write, so there is nothing to wait for.
        try Self.set(Int32(IPPROTO_TCP), TCP_NODELAY, 1, on: number)
        guard listen(number, Self.backlog) == 0 else {
            throw SystemError("listen", detail: Self.words(address))
        }
        let (bound, result) = unsafe SocketAddress.filled { unsafe getsockname(number, $0, $1) }
        guard result == 0 else { throw SystemError("getsockname") }
        self.address = bound
    }

    /// Throws where this machine does not have the address, and where another program listens on it, also one of this user
    /// that would share it without a word.
    static func expectFree(_ address: SocketAddress) throws(SystemError) {
        _ = try bound(to: address, isShared: false)
    }

    /// A socket that has the address and does not listen yet: who connects to it is refused.
    private static func bound(
        to address: SocketAddress, isShared: Bool
    ) throws(SystemError) -> FileDescriptor {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let number = socket(address.family, type, 0)
        guard number >= 0 else { throw SystemError("socket") }
        let descriptor = FileDescriptor(owning: number)
        try set(SOL_SOCKET, SO_REUSEADDR, 1, on: number)
        if isShared { try set(SOL_SOCKET, SO_REUSEPORT, 1, on: number) }
        if address.family == AF_INET6 {
            // A socket for every address takes IPv4 clients too.
            try set(Int32(IPPROTO_IPV6), IPV6_V6ONLY, address.isEveryIPv6 ? 0 : 1, on: number)
        }
        guard unsafe address.withSockaddr({ unsafe bind(number, $0, $1) }) == 0 else {
            throw SystemError("bind", detail: words(address))
        }
        return descriptor
    }

    private static func words(_ address: SocketAddress) -> String { "\(address.host):\(address.port)" }

    /// Listens on a socket that another program has opened, and that stays its owner's.
    init(
        sharing socket: Int32, tls: TLSConfiguration?, isProxy: @escaping @Sendable (String) -> Bool
    ) throws(SystemError) {
        let number = fcntl(socket, F_DUPFD_CLOEXEC, 0)
        guard number >= 0 else { throw SystemError("fcntl", detail: "inherited socket \(socket)") }
        owned = FileDescriptor(owning: number)
        isInherited = true
        self.isProxy = isProxy
        guard fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK) == 0 else {
            throw SystemError("fcntl")
        }
        let (bound, result) = unsafe SocketAddress.filled { unsafe getsockname(number, $0, $1) }
        guard result == 0 else { throw SystemError("getsockname", detail: "inherited socket \(socket)") }
        address = bound
        // What does not leave the machine is not encrypted.
        self.tls = bound.family == AF_UNIX ? nil : tls
        // A Unix socket never waits to fill a packet.
        if bound.family != AF_UNIX { try Self.set(Int32(IPPROTO_TCP), TCP_NODELAY, 1, on: number) }
    }

    var descriptor: Int32 { owned.number }

    func accept() -> Accepted {
        while true {
            let (address, number) = unsafe SocketAddress.filled { address, length in
                uninterrupted {
                    unsafe clinux_accept4(
                        descriptor, address, length, Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
                }
            }
            if number >= 0 { return accepted(PlainSocket(owning: number), from: address) }
            switch errno {
            case EAGAIN: return .nothingWaiting
            case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
            // That connection died in the queue (accept(2), "Error handling"): take the next.
            case ECONNABORTED, ENETDOWN, EPROTO, ENOPROTOOPT, EHOSTDOWN, ENONET, EHOSTUNREACH, EOPNOTSUPP,
                ENETUNREACH, EPERM:
                continue
            default: return .failed(SystemError("accept4"))
            }
        }
    }

    private func accepted(_ socket: PlainSocket, from address: SocketAddress) -> Accepted {
        let host = address.host
        let peer = Peer(address: host, network: isProxy(host) ? nil : address.network)
        guard let tls else { return .connection(socket, peer) }
        do throws(SystemError) {
            return .connection(try tls.encrypt(socket), peer)
        } catch {
            return .refused(error)
        }
    }

    func close() {
        guard !isInherited else { return }
        _ = shutdown(descriptor, Int32(SHUT_RD))
    }

    private static func set(
        _ level: Int32, _ option: Int32, _ value: Int32, on number: Int32
    ) throws(SystemError) {
        var value = value
        let size = socklen_t(MemoryLayout<Int32>.size)
        guard unsafe setsockopt(number, level, option, &value, size) == 0 else {
            throw SystemError("setsockopt")
        }
    }
}

import CLinux
import Glibc
import Platform

/// An address and port to bind to, or of a peer.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    /// Every address a host name or a literal stands for, for a socket that listens; an IPv6 address may have its brackets. May ask the name service,
    /// and so block.
    static func resolve(host: String, port: Int) throws(SystemError) -> [SocketAddress] {
        guard let service = UInt16(exactly: port) else {
            throw SystemError("there is no port \(port)", code: 0)
        }
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]") && host.contains(":")
        let host = isBracketed ? String(host.dropFirst().dropLast()) : host
        var hints = unsafe addrinfo()
        unsafe hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = unsafe getaddrinfo(host, String(service), &hints, &list)
        guard code == 0 else {
            let reason = unsafe String(cString: gai_strerror(code))
            throw SystemError("the host \(host) is not known: \(reason)", code: 0)
        }
        defer { unsafe freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var next = unsafe list
        while let entry = unsafe next {
            var address = SocketAddress()
            unsafe withUnsafeMutableBytes(of: &address.storage) {
                unsafe $0.copyMemory(
                    from: UnsafeRawBufferPointer(
                        start: entry.pointee.ai_addr, count: Int(entry.pointee.ai_addrlen)))
            }
            address.length = unsafe entry.pointee.ai_addrlen
            addresses.append(address)
            unsafe next = entry.pointee.ai_next
        }
        return addresses
    }

    var family: Int32 { Int32(storage.ss_family) }

    /// `::`, which stands for every address of this machine.
    var isEveryIPv6: Bool { family == AF_INET6 && host == "::" }

    /// 0 for a Unix socket.
    var port: Int {
        get { family == AF_UNIX ? 0 : Int(UInt16(bigEndian: portBytes)) }
        set { portBytes = UInt16(newValue).bigEndian }
    }

    /// Nil for what has no IP address.
    var network: ClientNetwork? {
        // Both families' addresses lie within sockaddr_storage.
        switch family {
        case AF_INET: unsafe withUnsafeBytes(of: storage) { unsafe ClientNetwork($0[4..<8]) }
        case AF_INET6: unsafe withUnsafeBytes(of: storage) { unsafe ClientNetwork($0[8..<24]) }
        default: nil
        }
    }

    /// The IP address alone, as text; empty where there is none. An IPv4 peer of an IPv6 socket gives the IPv4 address.
    var host: String {
        guard family == AF_INET || family == AF_INET6 else { return "" }
        var copy = storage
        var buffer = [UInt8](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        // Both families' addresses lie within sockaddr_storage, and the buffer holds the longest text.
        unsafe withUnsafeBytes(of: &copy) { bytes in
            let address = unsafe bytes.baseAddress! + (family == AF_INET6 ? 8 : 4)
            unsafe buffer.withUnsafeMutableBytes { buffer in
                let text = unsafe buffer.bindMemory(to: CChar.self)
                _ = unsafe inet_ntop(family, address, text.baseAddress!, socklen_t(text.count))
            }
        }
        let text = String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
        return text.hasPrefix("::ffff:") && text.contains(".") ? String(text.dropFirst(7)) : text
    }

    /// In network byte order. It lies at the same place in both families' structures.
    private var portBytes: UInt16 {
        get {
            unsafe withUnsafeBytes(of: storage) {
                unsafe $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self)
            }
        }
        set {
            unsafe withUnsafeMutableBytes(of: &storage) {
                unsafe $0.storeBytes(of: newValue, toByteOffset: 2, as: UInt16.self)
            }
        }
    }

    /// Lends the address to a system call that reads it.
    func withSockaddr<T>(_ call: (UnsafePointer<sockaddr>, socklen_t) -> T) -> T {
        unsafe withUnsafePointer(to: storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe call($0, length) }
        }
    }

    /// What a system call fills in, with that call's result.
    static func filled<T>(
        by call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> T
    ) -> (address: SocketAddress, result: T) {
        var address = SocketAddress()
        let result = unsafe withUnsafeMutablePointer(to: &address.storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe call($0, &address.length)
            }
        }
        return (address, result)
    }
}

import Glibc

/// IP addresses as text.
package enum IPAddress {
    /// The one spelling of an address, so that equal addresses are equal texts; nil when it is none.
    package static func canonical(_ text: String) -> String? { bytes(text).map(self.text) }

    /// 4 bytes or 16; nil for what is no address. An IPv4 address that is written as an IPv6 one (`::ffff:192.0.2.1`) is
    /// itself: so a socket for both families names its clients.
    package static func bytes(_ text: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        // The calls stay within the buffer: 16 bytes hold either family's address.
        if unsafe inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes[..<4]) }
        guard unsafe inet_pton(AF_INET6, text, &bytes) == 1 else { return nil }
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        return bytes.starts(with: mapped) ? Array(bytes[12...]) : bytes
    }

    package static func text(_ bytes: [UInt8]) -> String {
        var spelling = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        // Fails only for a buffer too small.
        unsafe inet_ntop(
            bytes.count == 4 ? AF_INET : AF_INET6, bytes, &spelling, socklen_t(INET6_ADDRSTRLEN))
        return String(decoding: spelling.prefix { $0 != 0 }.map { UInt8($0) }, as: UTF8.self)
    }

    /// The canonical address of `192.0.2.1:80`, `[2001:db8::1]:80`, or either without a port.
    static func withoutPort(_ text: String) -> String? {
        if let address = canonical(text) { return address }
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            return canonical(String(text[text.index(after: text.startIndex)..<end]))
        }
        guard let colon = text.utf8.firstIndex(of: Byte.colon),
            text.utf8[colon...].dropFirst().allSatisfy(\.isDigit)
        else { return nil }
        return canonical(String(text[..<colon]))
    }
}

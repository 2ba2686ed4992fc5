import Glibc

/// IP addresses as text.
package enum IPAddress {
    /// The one spelling of an address, so that equal addresses are equal texts; nil when it is none.
    package static func canonical(_ text: String) -> String? {
        for family in [AF_INET, AF_INET6] {
            var bytes = [UInt8](repeating: 0, count: 16)
            var spelling = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
            // Both calls stay within the buffers: 16 bytes hold either family's address.
            guard unsafe inet_pton(family, text, &bytes) == 1,
                unsafe inet_ntop(family, &bytes, &spelling, socklen_t(INET6_ADDRSTRLEN)) != nil
            else { continue }
            return String(decoding: spelling.prefix { $0 != 0 }.map { UInt8($0) }, as: UTF8.self)
        }
        return nil
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

/// The value of `Host`, and the authority of an absolute target.
enum HostField {
    /// Whether it is `uri-host [":" port]` (RFC 9110 §7.2, RFC 3986 §3.2.2). An empty one is valid: it is what a
    /// target without an authority has.
    static func isValid(_ value: Span<UInt8>) -> Bool {
        var index = 0
        if value.count > 0, value[0] == UInt8(ascii: "[") {
            index = 1
            while index < value.count, value[index].isAddressLiteralCharacter { index += 1 }
            guard index > 2, index < value.count, value[index] == UInt8(ascii: "]") else { return false }
            index += 1
        } else {
            while index < value.count, value[index].isHostNameCharacter {
                if value[index] == Byte.percent {
                    guard index + 2 < value.count, value[index + 1].hexadecimalValue != nil,
                        value[index + 2].hexadecimalValue != nil
                    else { return false }
                }
                index += 1
            }
        }
        guard index < value.count else { return true }
        guard value[index] == Byte.colon else { return false }
        index += 1
        while index < value.count, value[index].isDigit { index += 1 }
        return index == value.count
    }
}

extension UInt8 {
    /// What stands between the brackets of an IPv6 or later address.
    fileprivate var isAddressLiteralCharacter: Bool {
        isDigit || isLetter || self == Byte.colon || self == UInt8(ascii: ".")
    }

    /// `reg-name` of RFC 3986: unreserved, sub-delims, and `%` of a percent-encoding.
    fileprivate var isHostNameCharacter: Bool {
        CharacterSet.hostName.contains(self)
    }
}

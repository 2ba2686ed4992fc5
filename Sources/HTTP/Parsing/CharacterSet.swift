/// A set of ASCII characters, one bit for each: a constant, so that asking it is a shift and no call.
struct CharacterSet {
    /// Of the characters below and from 64.
    let low: UInt64
    let high: UInt64

    /// Letters, digits and ``!#$%&'*+-.^_`|~``.
    static let token = CharacterSet(low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE)
    /// Letters, digits, `-._~!$&'()*+,;=` and `%`.
    static let hostName = CharacterSet(low: 0x2BFF_7FF2_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)

    /// Letters, digits and `-._~`: RFC 3986's unreserved characters.
    static let unreserved = CharacterSet(low: 0x03FF_6000_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)
    /// Letters, digits and `*-._`: what a form's fields hold as it is.
    static let formKept = CharacterSet(low: 0x03FF_6400_0000_0000, high: 0x07FF_FFFE_87FF_FFFE)

    func contains(_ byte: UInt8) -> Bool {
        byte < 128 && (byte < 64 ? low : high) >> UInt64(byte & 63) & 1 != 0
    }
}

/// The name of a tag or an attribute while it is read, its ASCII letters in lower case.
struct LowercasedName: Equatable, Sendable {
    private(set) var bytes: [UInt8] = []

    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func append(lowercased byte: UInt8) {
        let isUppercase = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        bytes.append(isUppercase ? byte | 0x20 : byte)
    }
}

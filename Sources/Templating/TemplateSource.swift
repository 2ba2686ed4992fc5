/// The text of one template file.
struct TemplateSource: Sendable {
    /// The name pages and partials use: `expenses/index`.
    let name: String
    let file: String
    /// UTF-8, without a byte order mark.
    let bytes: [UInt8]

    /// Refuses bytes that are not UTF-8.
    init(name: String, file: String, bytes: [UInt8]) throws(TemplateError) {
        self.name = name
        self.file = file
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        guard String(validating: self.bytes, as: UTF8.self) != nil else {
            let offset = Self.firstInvalidByte(of: self.bytes)
            throw error(at: offset, "this byte is not UTF-8; save the file as UTF-8")
        }
    }

    func error(at offset: Int, _ message: String) -> TemplateError {
        let (line, column) = position(of: offset)
        return TemplateError(file: file, line: line, column: column, message: message)
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    func position(of offset: Int) -> (line: Int, column: Int) {
        var line = 1
        var column = 1
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return (line, column)
    }

    /// The count of bytes before the first that is not UTF-8.
    private static func firstInvalidByte(of bytes: [UInt8]) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { offset += UTF8.width(scalar) }
        return offset
    }
}

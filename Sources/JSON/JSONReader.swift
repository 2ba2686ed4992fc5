/// Reads JSON strictly (RFC 8259), value by value: the caller says what comes next, and no tree is built.
///
/// A name that an object has twice is refused, also inside of what is passed over.
package struct JSONReader {
    /// A value without its parts.
    package enum Value: Hashable, Sendable {
        case string(String)
        /// Written without a fraction or exponent, and within the range of `Int64`.
        case integer(Int64)
        case otherNumber
        case bool(Bool)
        case null
        /// An array or an object; what is in it was passed over.
        case compound
    }

    /// How many arrays and objects may lie in one another.
    package static let deepest = 32

    /// Of a source: bytes of a string, and members of an object.
    package static let longestOfSource = 1024 * 1024
    package static let mostMembersOfSource = 10_000

    /// All there is, or what has been read of the source and is still needed.
    private var bytes: [UInt8]
    /// In `bytes`.
    private var position = 0
    /// Bytes that stood before those.
    private var passed = 0
    /// Where a string begins that is being read, in `bytes`.
    private var start: Int?
    private var depth = 0
    private var source: (() throws -> [UInt8])?
    private let isFromSource: Bool
    /// What has gone wrong with the source.
    private var problem: JSONError.Reason?

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        isFromSource = false
    }

    /// Reads something of any length in little memory. `source` gives the next bytes whenever it is called, and none at the
    /// end.
    package init(from source: @escaping () throws -> [UInt8]) {
        bytes = []
        self.source = source
        isFromSource = true
    }

    /// Reads bytes that are one object and nothing else; the closure is given each member in order.
    package static func readObject(
        _ bytes: [UInt8], _ member: (String, Value) throws(JSONError) -> Void
    ) throws(JSONError) {
        var reader = JSONReader(bytes)
        try reader.object { reader, name throws(JSONError) in try member(name, reader.value()) }
        try reader.end()
    }

    /// Reads an object. The closure has to read the value of each member that it is given.
    package mutating func object(
        _ member: (inout JSONReader, String) throws(JSONError) -> Void
    ) throws(JSONError) {
        try open(UInt8(ascii: "{"))
        var names = MemberNames()
        if !takeAfterBlanks(UInt8(ascii: "}")) {
            repeat {
                let name = try string()
                guard names.insert(name) else { throw failure(.repeated(name)) }
                guard !isFromSource || names.count <= JSONReader.mostMembersOfSource else {
                    throw failure(.tooLong)
                }
                try expect(UInt8(ascii: ":"))
                try member(&self, name)
            } while takeAfterBlanks(UInt8(ascii: ","))
            try expect(UInt8(ascii: "}"))
        }
        depth -= 1
    }

    /// Reads an array. The closure has to read one element whenever it is called.
    package mutating func array(_ element: (inout JSONReader) throws(JSONError) -> Void) throws(JSONError) {
        try open(UInt8(ascii: "["))
        if !takeAfterBlanks(UInt8(ascii: "]")) {
            repeat { try element(&self) } while takeAfterBlanks(UInt8(ascii: ","))
            try expect(UInt8(ascii: "]"))
        }
        depth -= 1
    }

    /// Reads whatever value comes next.
    package mutating func value() throws(JSONError) -> Value {
        skipBlanks()
        switch peek {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"):
            try object { reader, _ throws(JSONError) in _ = try reader.value() }
            return .compound
        case UInt8(ascii: "["):
            try array { reader throws(JSONError) in _ = try reader.value() }
            return .compound
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    /// Reads a string: without bare control characters, broken UTF-8 and half surrogates.
    package mutating func string() throws(JSONError) -> String {
        try expect(UInt8(ascii: "\""))
        start = position
        defer { start = nil }
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
            position += 1
        }
        if peek == UInt8(ascii: "\"") {
            defer { position += 1 }
            return try text(bytes.span.extracting((start ?? position)..<position))
        }
        position = start ?? position
        return try stringWithEscapes()
    }

    /// Throws unless nothing but blanks is left.
    package mutating func end() throws(JSONError) {
        skipBlanks()
        guard peek == nil, problem == nil else { throw malformed }
    }

    private var malformed: JSONError { failure(problem ?? .malformed) }

    /// An error at the place that has been reached.
    package func failure(_ reason: JSONError.Reason) -> JSONError {
        JSONError(reason: reason, offset: passed + position)
    }

    /// Nil at the end.
    private var peek: UInt8? {
        mutating get {
            if position < bytes.count { return bytes[position] }
            return source == nil ? nil : readOn()
        }
    }

    /// Reads the next bytes of the source, and forgets those that are not needed any more. Returns the first of them.
    private mutating func readOn() -> UInt8? {
        let needed = start ?? position
        guard position - needed <= JSONReader.longestOfSource else {
            (problem, source) = (.tooLong, nil)
            return nil
        }
        do {
            let more = try source?() ?? []
            if more.isEmpty { source = nil }
            bytes.removeFirst(needed)
            bytes += more
            passed += needed
            position -= needed
            if start != nil { start = 0 }
        } catch {
            (problem, source) = (.unreadable, nil)
        }
        return position < bytes.count ? bytes[position] : nil
    }

    private mutating func open(_ bracket: UInt8) throws(JSONError) {
        try expect(bracket)
        guard depth < JSONReader.deepest else { throw failure(.tooDeep) }
        depth += 1
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func takeAfterBlanks(_ byte: UInt8) -> Bool {
        skipBlanks()
        return take(byte)
    }

    private mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard takeAfterBlanks(byte) else { throw malformed }
    }

    private mutating func word(_ word: StaticString, _ value: Value) throws(JSONError) -> Value {
        for index in 0..<word.utf8CodeUnitCount {
            // The letters are the literal's own, which live as long as the program.
            guard take(unsafe word.utf8Start[index]) else { throw malformed }
        }
        return value
    }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }
}

// Numbers.
extension JSONReader {
    private mutating func number() throws(JSONError) -> Value {
        let isNegative = take(UInt8(ascii: "-"))
        guard let first = peek, Self.isDigit(first) else { throw malformed }
        var magnitude: Int64? = 0
        var digits = 0
        while let byte = peek, Self.isDigit(byte) {
            magnitude = magnitude.flatMap { Self.appending(byte - UInt8(ascii: "0"), to: $0, isNegative) }
            position += 1
            digits += 1
        }
        guard first != UInt8(ascii: "0") || digits == 1 else { throw malformed }
        var isInteger = true
        if take(UInt8(ascii: ".")) {
            isInteger = false
            try expectDigits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isInteger = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try expectDigits()
        }
        guard isInteger, let magnitude else { return .otherNumber }
        return .integer(magnitude)
    }

    /// Nil when the number leaves the range.
    private static func appending(_ digit: UInt8, to number: Int64, _ isNegative: Bool) -> Int64? {
        let (tenfold, isTooBig) = number.multipliedReportingOverflow(by: 10)
        let (result, overflows) =
            isNegative
            ? tenfold.subtractingReportingOverflow(Int64(digit))
            : tenfold.addingReportingOverflow(Int64(digit))
        return isTooBig || overflows ? nil : result
    }

    private mutating func expectDigits() throws(JSONError) {
        guard let byte = peek, Self.isDigit(byte) else { throw malformed }
        while let byte = peek, Self.isDigit(byte) { position += 1 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

// Strings.
extension JSONReader {
    private func text(_ bytes: Span<UInt8>) throws(JSONError) -> String {
        guard let text = try? UTF8Span(validating: bytes) else { throw malformed }
        return String(copying: text)
    }

    private mutating func stringWithEscapes() throws(JSONError) -> String {
        var text: [UInt8] = []
        while let byte = peek, byte >= 0x20 {
            position += 1
            guard !isFromSource || text.count <= JSONReader.longestOfSource else { throw failure(.tooLong) }
            // What has been read stands in `text`.
            start = position
            switch byte {
            case UInt8(ascii: "\""): return try self.text(text.span)
            case UInt8(ascii: "\\"): text += String(try escape()).utf8
            default: text.append(byte)
            }
        }
        throw malformed
    }

    /// What follows a backslash.
    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        guard let byte = peek else { throw malformed }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try escapedScalar()
        default: throw malformed
        }
    }

    private mutating func escapedScalar() throws(JSONError) -> Unicode.Scalar {
        var code = try hexadecimal()
        if 0xD800...0xDBFF ~= code, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
            let second = try hexadecimal()
            guard 0xDC00...0xDFFF ~= second else { throw malformed }
            code = 0x10000 + (code - 0xD800) << 10 + (second - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw malformed }
        return scalar
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        var result: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw malformed
            }
            result = result << 4 | UInt32(digit)
            position += 1
        }
        return result
    }
}

/// The names in one object, told apart by their bytes: two ways to write "é" are two names.
private struct MemberNames {
    /// Comparing with a few is faster than hashing.
    private static let maxCompared = 8
    private var few: [String] = []
    private var all: Set<[UInt8]> = []

    private(set) var count = 0

    /// False for a name that is there already.
    mutating func insert(_ name: String) -> Bool {
        count += 1
        if few.count < MemberNames.maxCompared {
            guard !few.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else { return false }
            few.append(name)
            return true
        }
        if all.isEmpty { all = Set(few.map { Array($0.utf8) }) }
        return all.insert(Array(name.utf8)).inserted
    }
}

/// Takes the chunks of a body apart (RFC 9112 §7.1). Extensions and trailer fields are checked and left out.
package struct ChunkedDecoder {
    private enum State {
        case size
        case data(remaining: Int)
        case dataEnd
        case trailers
        case finished
    }

    /// Bytes of one line of chunk size and extensions.
    private static let longestSizeLine = 4 * 1024

    private let maximumSize: Int
    private let limits: Limits
    private var state = State.size
    private var size = 0
    /// What is neither data nor bounded by it: extensions, then trailers.
    private var extensionBytes = 0
    private var trailerBytes = 0
    private var trailerFields = 0

    /// `maximumSize` is of the decoded body, in bytes.
    package init(maximumSize: Int, limits: Limits) {
        self.maximumSize = maximumSize
        self.limits = limits
    }

    package var isFinished: Bool {
        if case .finished = state { true } else { false }
    }

    /// Decodes as much as there is, adds it to `body` and returns how many bytes it has used; the rest has to be
    /// given again, with more after it. After the last chunk and its trailers, `isFinished` is true and the rest
    /// belongs to the next request.
    package mutating func decode(_ bytes: Span<UInt8>, into body: inout [UInt8]) throws(RequestError) -> Int {
        var used = 0
        while true {
            switch state {
            case .size:
                guard let line = try nextLine(bytes, from: used, limit: Self.longestSizeLine) else {
                    return used
                }
                try readSize(bytes.extracting(line))
                used = line.upperBound + 2
            case .data(let remaining):
                let count = min(remaining, bytes.count - used)
                body.append(bytes.extracting(used..<(used + count)))
                used += count
                guard count == remaining else {
                    state = .data(remaining: remaining - count)
                    return used
                }
                state = .dataEnd
            case .dataEnd:
                guard bytes.count - used >= 2 else {
                    // One byte that cannot begin the line end is enough to know.
                    if bytes.count > used, bytes[used] != Byte.carriageReturn { throw Self.malformed }
                    return used
                }
                guard bytes[used] == Byte.carriageReturn, bytes[used + 1] == Byte.lineFeed else {
                    throw Self.malformed
                }
                used += 2
                state = .size
            case .trailers:
                let left = limits.headerSection - trailerBytes
                guard let line = try nextLine(bytes, from: used, limit: left) else { return used }
                used = line.upperBound + 2
                try readTrailer(bytes.extracting(line))
            case .finished:
                return used
            }
        }
    }

    private static let malformed = RequestError(.badRequest, "The chunked body is malformed.")

    private func nextLine(
        _ bytes: Span<UInt8>, from start: Int, limit: Int
    ) throws(RequestError) -> Range<Int>? {
        let lineFeed = bytes.firstIndex(of: Byte.lineFeed, from: start)
        guard (lineFeed ?? bytes.count) - start <= limit else {
            throw RequestError(.headerFieldsTooLarge, "A chunk's extensions or the trailers are too long.")
        }
        guard let lineFeed else { return nil }
        guard lineFeed > start, bytes[lineFeed - 1] == Byte.carriageReturn else { throw Self.malformed }
        return start..<(lineFeed - 1)
    }

    /// `chunk-size [ chunk-ext ]`.
    private mutating func readSize(_ line: Span<UInt8>) throws(RequestError) {
        var index = 0
        var count = 0
        while index < line.count, let digit = line[index].hexadecimalValue {
            guard count < 1 << 56 else { throw Self.malformed }
            count = count << 4 | Int(digit)
            index += 1
        }
        guard index > 0 else { throw Self.malformed }
        extensionBytes += line.count - index
        guard extensionBytes <= limits.headerSection else {
            throw RequestError(.headerFieldsTooLarge, "The chunks' extensions are too long.")
        }
        guard ChunkExtension.isValid(line.extracting(index..<line.count)) else { throw Self.malformed }
        guard count > 0 else {
            state = .trailers
            return
        }
        guard count <= maximumSize - size else {
            throw RequestError.bodyTooLarge(maximumSize)
        }
        size += count
        state = .data(remaining: count)
    }

    private mutating func readTrailer(_ line: Span<UInt8>) throws(RequestError) {
        if line.isEmpty {
            state = .finished
            return
        }
        trailerBytes += line.count + 2
        trailerFields += 1
        guard trailerFields <= limits.headerFields else {
            throw RequestError(.headerFieldsTooLarge, "There are too many trailer fields.")
        }
        _ = try FieldLine(parsing: line)
    }
}

/// `chunk-ext` (RFC 9112 §7.1.1): `*( BWS ";" BWS name [ BWS "=" BWS value ] )`.
private enum ChunkExtension {
    static func isValid(_ text: Span<UInt8>) -> Bool {
        var index = 0
        while index < text.count {
            skipBlanks(text, &index)
            guard take(Byte.semicolon, text, &index) else { return false }
            skipBlanks(text, &index)
            guard takeToken(text, &index) else { return false }
            let end = index
            skipBlanks(text, &index)
            guard take(Byte.equals, text, &index) else {
                // Blanks belong to the next extension: none may end the line.
                index = end
                continue
            }
            skipBlanks(text, &index)
            guard takeToken(text, &index) || takeQuoted(text, &index) else { return false }
        }
        return true
    }

    private static func skipBlanks(_ text: Span<UInt8>, _ index: inout Int) {
        while index < text.count, text[index].isBlank { index += 1 }
    }

    private static func take(_ byte: UInt8, _ text: Span<UInt8>, _ index: inout Int) -> Bool {
        guard index < text.count, text[index] == byte else { return false }
        index += 1
        return true
    }

    private static func takeToken(_ text: Span<UInt8>, _ index: inout Int) -> Bool {
        let start = index
        while index < text.count, text[index].isTokenCharacter { index += 1 }
        return index > start
    }

    private static func takeQuoted(_ text: Span<UInt8>, _ index: inout Int) -> Bool {
        guard take(Byte.quote, text, &index) else { return false }
        while index < text.count, text[index].isFieldValueCharacter {
            if take(Byte.quote, text, &index) { return true }
            index += text[index] == Byte.backslash && index + 1 < text.count ? 1 : 0
            guard text[index].isFieldValueCharacter else { return false }
            index += 1
        }
        return false
    }
}

/// Reads the head of a request: request line and header section (RFC 9112 §3 to §6).
///
/// It is given the same bytes again, with more at the end, until the head is complete, and goes on where it
/// stopped. What could be read in two ways is refused: then the connection cannot be used any further.
package struct RequestParser: ~Copyable {
    private let limits: Limits
    private var lines = LineReader()
    private var line: RequestLine?
    private var framing = FramingFields()
    /// Nil once it has been filled in.
    private var head: RequestHead?
    /// What the head is filled with when it is complete.
    private var contents: RequestHead.Contents

    /// `head` is filled in. Nobody else may have a reference to it before `parse` has returned a request.
    package init(into head: RequestHead, limits: Limits) {
        self.head = head
        self.limits = limits
        contents = head.takeContents()
    }

    /// How many bytes the head has taken, once it is complete; 0 before.
    package private(set) var used = 0

    /// Returns nil when more bytes are needed.
    package mutating func parse(_ bytes: Span<UInt8>) throws(RequestError) -> ParsedHead? {
        do throws(RequestError) {
            return try parseHead(bytes)
        } catch {
            var error = error
            error.path = path(in: bytes)
            throw error
        }
    }

    /// What is asked for, as far as the bytes that were parsed last tell it, also in a request line that is not right.
    func path(in bytes: Span<UInt8>) -> String? {
        if let line { return text(of: line.path, in: bytes) }
        guard let space = bytes.firstIndex(of: Byte.space) else { return nil }
        let start = space + 1
        guard start < bytes.count, bytes[start] == Byte.slash else { return nil }
        var end = start
        while end < bytes.count, bytes[end].isTargetCharacter, bytes[end] != Byte.question { end += 1 }
        return text(of: RequestHead.Extent(start, end), in: bytes)
    }

    private func text(of extent: RequestHead.Extent, in bytes: Span<UInt8>) -> String {
        let part = bytes.extracting(extent.range)
        return String(decoding: part.indices.map { part[$0] }, as: UTF8.self)
    }

    private mutating func parseHead(_ bytes: Span<UInt8>) throws(RequestError) -> ParsedHead? {
        if line == nil {
            line = try readRequestLine(bytes)
        }
        guard let line else { return nil }
        while true {
            let start = lines.position
            guard let extent = try lines.next(in: bytes) else {
                try checkSize(bytes.count - line.end)
                return nil
            }
            try checkSize(lines.position - line.end)
            if extent.isEmpty { break }
            guard contents.fields.count < limits.headerFields else {
                throw RequestError(.headerFieldsTooLarge, "There are too many header fields.")
            }
            let content = bytes.extracting(extent)
            let field = try FieldLine(parsing: content)
            try framing.note(name: content.extracting(field.name), value: content.extracting(field.value))
            contents.fields.append(
                RequestHead.FieldExtent(
                    name: RequestHead.Extent(start + field.name.lowerBound, start + field.name.upperBound),
                    value: RequestHead.Extent(start + field.value.lowerBound, start + field.value.upperBound))
            )
        }
        guard let head = head.take() else { preconditionFailure("a head is parsed once") }
        var filled = RequestHead.Contents()
        swap(&filled, &contents)
        filled.bytes.append(bytes.extracting(0..<lines.position))
        head.fill(with: filled)
        used = lines.position
        return try ParsedHead(line: line, framing: framing, head: head)
    }

    private mutating func readRequestLine(_ bytes: Span<UInt8>) throws(RequestError) -> RequestLine? {
        while true {
            let start = lines.position
            // Whatever is no HTTP, such as a TLS greeting, is refused by its first byte.
            if start < bytes.count, bytes[start] != Byte.carriageReturn, !bytes[start].isTokenCharacter {
                throw RequestError(.badRequest, "This is not an HTTP request.")
            }
            guard let extent = try lines.next(in: bytes) else {
                try checkLineLength(bytes.count, bytes)
                return nil
            }
            try checkLineLength(extent.upperBound, bytes)
            // An empty line before a request is a habit of old clients (RFC 9112 §2.2).
            if extent.isEmpty { continue }
            let line = try RequestLine(parsing: bytes.extracting(extent), at: extent.lowerBound)
            contents.target = line.target
            contents.path = line.path
            return line
        }
    }

    private func checkLineLength(_ count: Int, _ bytes: Span<UInt8>) throws(RequestError) {
        guard count > limits.requestLine else { return }
        guard bytes.firstIndex(of: Byte.space) != nil else {
            throw RequestError(.badRequest, "This is not an HTTP request.")
        }
        throw RequestError(.uriTooLong, "The request line is too long.")
    }

    private func checkSize(_ count: Int) throws(RequestError) {
        guard count > limits.headerSection else { return }
        throw RequestError(.headerFieldsTooLarge, "The header section is too long.")
    }
}

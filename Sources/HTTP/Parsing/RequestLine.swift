/// `method SP request-target SP HTTP-version` (RFC 9112 §3).
struct RequestLine {
    let method: Method
    let isHTTP10: Bool
    // Where these lie in the buffer. The target is reduced to path and query; both are empty where an absolute
    // target has no path.
    let target: RequestHead.Extent
    let path: RequestHead.Extent
    /// Of an absolute target.
    let authority: RequestHead.Extent?
    /// Where the line ends in the buffer, after its CRLF.
    let end: Int

    /// `line` has no line end; `offset` is where it starts in the buffer.
    init(parsing line: Span<UInt8>, at offset: Int) throws(RequestError) {
        var index = 0
        while index < line.count, line[index].isTokenCharacter { index += 1 }
        let token = 0..<index
        guard index > 0, index < line.count, line[index] == Byte.space else { throw Self.malformed }

        let targetStart = index + 1
        index = targetStart
        while index < line.count, line[index].isTargetCharacter { index += 1 }
        let targetEnd = index
        guard targetEnd > targetStart, targetEnd < line.count, line[targetEnd] == Byte.space else {
            throw Self.malformed
        }
        isHTTP10 = try Self.isHTTP10(line.extracting((targetEnd + 1)..<line.count))
        guard let method = Method(token: line.extracting(token)) else {
            throw RequestError(.notImplemented, "The method is not known here.")
        }
        self.method = method

        let form = try TargetForm(line.extracting(targetStart..<targetEnd), method)
        let start = offset + targetStart
        target = RequestHead.Extent(start + form.path.lowerBound, offset + targetEnd)
        path = RequestHead.Extent(start + form.path.lowerBound, start + form.path.upperBound)
        authority = form.authority.map { RequestHead.Extent(start + $0.lowerBound, start + $0.upperBound) }
        end = offset + line.count + 2
    }

    private static let malformed = RequestError(.badRequest, "The request line is malformed.")

    /// A later minor version is read as 1.1 (RFC 9110 §2.5).
    private static func isHTTP10(_ version: Span<UInt8>) throws(RequestError) -> Bool {
        guard version.count == 8, version.extracting(0..<5).isEqual(to: "HTTP/"),
            version[5].isDigit, version[6] == UInt8(ascii: "."), version[7].isDigit
        else { throw malformed }
        guard version[5] == UInt8(ascii: "1") else {
            throw RequestError(.httpVersionNotSupported, "Only HTTP/1.1 and HTTP/1.0 are spoken here.")
        }
        return version[7] == UInt8(ascii: "0")
    }
}

/// The four forms of a target (RFC 9112 §3.2), as ranges of it.
private struct TargetForm {
    let path: Range<Int>
    var authority: Range<Int>?

    init(_ target: Span<UInt8>, _ method: Method) throws(RequestError) {
        if method == .connect {
            throw RequestError(.notImplemented, "This server is no proxy.")
        }
        if target[0] == Byte.slash {
            path = 0..<(target.firstIndex(of: Byte.question) ?? target.count)
            return
        }
        if target.count == 1, target[0] == UInt8(ascii: "*"), method == .options {
            path = 0..<1
            return
        }
        guard let start = Self.schemeLength(target) else {
            throw RequestError(.badRequest, "The request target has none of the forms it can have.")
        }
        var end = start
        while end < target.count, target[end] != Byte.slash, target[end] != Byte.question { end += 1 }
        guard end > start, HostField.isValid(target.extracting(start..<end)) else {
            throw RequestError(.badRequest, "The request target has no valid host.")
        }
        authority = start..<end
        path = end..<(target.firstIndex(of: Byte.question, from: end) ?? target.count)
    }

    private static func schemeLength(_ target: Span<UInt8>) -> Int? {
        if target.count > 7, target.extracting(0..<7).isEqual(toLowercase: "http://") { return 7 }
        if target.count > 8, target.extracting(0..<8).isEqual(toLowercase: "https://") { return 8 }
        return nil
    }
}

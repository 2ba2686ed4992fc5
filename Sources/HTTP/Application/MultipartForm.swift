/// The parts of a `multipart/form-data` body (RFC 7578), such as an upload.
package struct MultipartForm {
    package struct Part {
        package let name: String
        package let content: ArraySlice<UInt8>
    }

    /// More than a form of ours has.
    private static let maxParts = 20
    /// Of one part, in bytes.
    private static let longestHead = 4096

    package let parts: [Part]

    /// Throws a `RequestError`: 415 for a body of another type, 400 for one that does not hold what its type says, 413
    /// for too many parts.
    package init(_ request: Request) throws(RequestError) {
        let type = request.headers["Content-Type"] ?? ""
        guard MediaType.essence(of: type) == "multipart/form-data" else {
            throw RequestError(.unsupportedMediaType, "The form is not multipart/form-data.")
        }
        guard let boundary = MediaType.parameter("boundary", of: type), (1...70).contains(boundary.utf8.count)
        else {
            throw MultipartForm.malformed
        }
        let delimiter = Array("\r\n--\(boundary)".utf8)
        let body = request.body[...]
        // The first delimiter may stand at the very start, without a line end before it.
        let start = delimiter.dropFirst(2)
        var rest: ArraySlice<UInt8>
        if body.starts(with: start) {
            rest = body.dropFirst(start.count)
        } else {
            guard let first = MultipartForm.find(delimiter, in: body) else { throw MultipartForm.malformed }
            rest = body[first.upperBound...]
        }
        var parts: [Part] = []
        while !rest.starts(with: "--".utf8) {
            rest = rest.drop(while: \.isBlank)
            guard rest.starts(with: "\r\n".utf8), let end = MultipartForm.find(delimiter, in: rest) else {
                throw MultipartForm.malformed
            }
            guard parts.count < MultipartForm.maxParts else {
                throw RequestError(.contentTooLarge, "The form has too many parts.")
            }
            parts.append(try MultipartForm.part(rest[..<end.lowerBound]))
            rest = rest[end.upperBound...]
        }
        self.parts = parts
    }

    /// The content of the first part of that name.
    package subscript(_ name: String) -> ArraySlice<UInt8>? { parts.first { $0.name == name }?.content }

    private static let malformed = RequestError(.badRequest, "The form's parts cannot be told apart.")

    /// `bytes` begin with the line end after the delimiter.
    private static func part(_ bytes: ArraySlice<UInt8>) throws(RequestError) -> Part {
        guard let end = find(Array("\r\n\r\n".utf8), in: bytes.prefix(longestHead)) else { throw malformed }
        for line in bytes[..<end.lowerBound].split(separator: Byte.lineFeed) {
            let text = String(decoding: line, as: UTF8.self)
            guard let colon = text.firstIndex(of: ":"),
                text[..<colon].lowercased() == "content-disposition",
                let name = MediaType.parameter("name", of: String(text[colon...]))
            else { continue }
            return Part(name: name, content: bytes[end.upperBound...])
        }
        throw malformed
    }

    /// Where `pattern`, which begins with CR, is first.
    private static func find(_ pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        var rest = bytes
        while let place = rest.firstIndex(of: Byte.carriageReturn) {
            rest = rest[place...]
            if rest.starts(with: pattern) { return place..<place + pattern.count }
            rest = rest.dropFirst()
        }
        return nil
    }
}

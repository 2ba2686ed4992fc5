import CLinux

/// Takes a `multipart/form-data` body (RFC 7578) apart while it arrives.
struct MultipartReader {
    enum Event {
        /// A part begins; `isFile` where it is a file that somebody has chosen.
        case part(name: String, isFile: Bool)
        /// More of the present part's content: at least one byte.
        case content(ArraySlice<UInt8>)
    }

    private enum State {
        /// Before the first delimiter.
        case preamble
        /// After a delimiter: a line end, or the two dashes that end the form.
        case delimiter
        case head
        case content
        /// What follows means nothing.
        case end
    }

    /// More than a form of ours has.
    private static let maxParts = 20
    /// Of one part, in bytes; as many may stand behind a delimiter.
    private static let longestHead = 4096

    private let delimiter: [UInt8]
    private var state = State.preamble
    /// What could not be read yet: less than a delimiter, or than a head.
    private var rest: [UInt8]
    private var parts = 0

    /// Throws a `RequestError`: 415 where the type is not that of such a form, 400 where it names no boundary.
    init(contentType: String?) throws(RequestError) {
        let type = contentType ?? ""
        guard MediaType.essence(of: type) == "multipart/form-data" else {
            throw RequestError(.unsupportedMediaType, "The form is not multipart/form-data.")
        }
        guard let boundary = MediaType.parameter("boundary", of: type), (1...70).contains(boundary.utf8.count)
        else { throw Self.malformed }
        delimiter = Array("\r\n--\(boundary)".utf8)
        // The first delimiter may stand at the very start, without a line end before it.
        rest = Array("\r\n".utf8)
    }

    /// Whether the form has come to its end.
    var isFinished: Bool { if case .end = state { true } else { false } }

    static let malformed = RequestError(.badRequest, "The form's parts cannot be told apart.")

    /// Reads the next bytes, in time that grows with their number alone. Throws a `RequestError`: 400 for what is no such
    /// form, 413 for too many parts; and what `handle` throws.
    mutating func take(_ bytes: [UInt8], _ handle: (Event) throws -> Void) throws {
        var input = bytes
        if !rest.isEmpty {
            input = rest + bytes
            rest = []
        }
        var start = 0
        while try read(input, &start, handle) {}
        rest = Array(input[start...])
    }

    /// Returns false when more bytes are needed.
    private mutating func read(
        _ input: [UInt8], _ start: inout Int, _ handle: (Event) throws -> Void
    ) throws -> Bool {
        switch state {
        case .preamble:
            guard let found = input.span.firstRange(of: delimiter, from: start) else {
                start = max(start, input.count - delimiter.count + 1)
                return false
            }
            start = found.upperBound
            state = .delimiter
        case .delimiter:
            let line = input[start...].drop(while: \.isBlank)
            if line.startIndex == start, line.starts(with: "--".utf8) {
                start = input.count
                state = .end
                return false
            }
            guard line.count >= 2 else {
                try Self.check(line.startIndex - start)
                if line.first.map({ $0 != Byte.carriageReturn && $0 != UInt8(ascii: "-") }) == true {
                    throw Self.malformed
                }
                return false
            }
            guard line.starts(with: "\r\n".utf8) else { throw Self.malformed }
            // The line end may be the first half of the head's end.
            start = line.startIndex
            state = .head
        case .head:
            let end = Array("\r\n\r\n".utf8)
            guard let found = input.span.firstRange(of: end, from: start) else {
                try Self.check(input.count - start)
                return false
            }
            try Self.check(found.upperBound - start)
            guard parts < Self.maxParts else {
                throw RequestError(.contentTooLarge, "The form has too many parts.")
            }
            parts += 1
            try handle(try Self.part(headed: input[start..<found.lowerBound]))
            start = found.upperBound
            state = .content
        case .content:
            let found = input.span.firstRange(of: delimiter, from: start)
            // What may be the beginning of a delimiter waits for the rest of it.
            let end = found?.lowerBound ?? max(start, input.count - delimiter.count + 1)
            if end > start { try handle(.content(input[start..<end])) }
            start = found?.upperBound ?? end
            guard found != nil else { return false }
            state = .delimiter
        case .end:
            start = input.count
            return false
        }
        return true
    }

    private static func check(_ count: Int) throws(RequestError) {
        guard count <= longestHead else { throw malformed }
    }

    private static func part(headed head: ArraySlice<UInt8>) throws(RequestError) -> Event {
        for line in head.split(separator: Byte.lineFeed) {
            let text = String(decoding: line, as: UTF8.self)
            guard let colon = text.firstIndex(of: ":"),
                text[..<colon].lowercased() == "content-disposition",
                let name = MediaType.parameter("name", of: String(text[colon...]))
            else { continue }
            let fileName = MediaType.parameter("filename", of: String(text[colon...])) ?? ""
            return .part(name: name, isFile: !fileName.isEmpty)
        }
        throw malformed
    }
}

extension Span where Element == UInt8 {
    /// Where the bytes stand first, in time that grows with the length of the span alone (memmem(3)).
    func firstRange(of wanted: [UInt8], from start: Int) -> Range<Int>? {
        guard start <= count, !wanted.isEmpty else { return nil }
        // The pointers stay within the span and the array, which are valid for the call.
        return unsafe withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            return unsafe wanted.withUnsafeBytes { wanted in
                guard
                    let found = unsafe memmem(
                        base + start, bytes.count - start, wanted.baseAddress!, wanted.count)
                else { return nil }
                let place = unsafe UnsafeRawPointer(found) - base
                return place..<(place + wanted.count)
            }
        }
    }
}

import Glibc
import Platform
import Synchronization

/// One file, ready to be sent: its fields written, its bytes in memory if they are few.
package final class StaticFile: Sendable {
    /// A larger file is left to the kernel to send: copying it would cost more than the call saves.
    private static let memoryLimit = 64 * 1024
    /// A smaller file fits in one packet anyway.
    private static let leastCompressed = 1024
    /// Seconds that a browser takes the file for fresh without asking.
    fileprivate static let freshness = 600

    /// The forms that the file is sent in.
    private struct Forms: Sendable {
        let plain: Representation
        let compressed: Twin?
    }

    private let location: String
    private let finish: @Sendable (inout Response) -> Void
    private let background: (@Sendable (@escaping @Sendable () -> Void) -> Bool)?
    /// Made when the file is first asked for, so that what nobody asks for takes neither memory nor a descriptor.
    private let forms = Mutex<Forms?>(nil)

    init(
        _ location: String, finish: @escaping @Sendable (inout Response) -> Void,
        background: (@Sendable (@escaping @Sendable () -> Void) -> Bool)?
    ) {
        self.location = location
        self.finish = finish
        self.background = background
    }

    private func prepared() throws(SystemError) -> Forms {
        try forms.withLock { forms throws(SystemError) in
            if let forms { return forms }
            let made = try makeForms()
            forms = made
            return made
        }
    }

    /// The compressed form is taken from `location` with `.gz` behind it where that is no older than the file; else it is
    /// made when it is first asked for.
    private func makeForms() throws(SystemError) -> Forms {
        let file = try OpenFile(path: location)
        let type = MediaType.ofFile(named: location)
        let (version, modified) = (Self.version(of: file), file.modified.seconds)
        var compressed: Twin?
        if let neighbour = try Self.open(location + ".gz"), neighbour.modified.seconds >= modified {
            compressed = Twin(
                Representation(
                    try Self.content(of: neighbour), Self.version(of: neighbour), neighbour.modified.seconds,
                    type: type, coding: "gzip", isNegotiated: true, finish))
        } else if MediaType.isCompressible(type) && file.size >= Self.leastCompressed {
            let finish = finish
            compressed = Twin(background: background) {
                guard let bytes = try? file.read(), let compressed = Gzip.compress(bytes, .most) else {
                    return nil
                }
                return Representation(
                    .memory(compressed), version, modified, type: type, coding: "gzip",
                    isNegotiated: true, finish)
            }
        }
        let plain = Representation(
            try Self.content(of: file), version, modified, type: type, coding: nil,
            isNegotiated: compressed != nil, finish)
        return Forms(plain: plain, compressed: compressed)
    }

    /// Nil where there is no such file.
    private static func open(_ location: String) throws(SystemError) -> OpenFile? {
        do throws(SystemError) {
            return try OpenFile(path: location)
        } catch {
            guard error.code == ENOENT else { throw error }
            return nil
        }
    }

    /// Answers GET and HEAD in the order of RFC 9110 §13.2.2.
    package func respond(to request: Request) -> Response {
        let forms: Forms
        do {
            forms = try prepared()
        } catch {
            return unavailable(error)
        }
        var representation = forms.plain
        if let compressed = forms.compressed, let codings = request.headers["Accept-Encoding"],
            AcceptEncoding.accepts("gzip", in: codings), let gzip = compressed.representation()
        {
            representation = gzip
        }
        switch Preconditions(request.headers).evaluate(representation.validators) {
        case .failed: return representation.preconditionFailed
        case .notModified: return representation.notModified
        case .proceed: break
        }
        // Ranges are defined for GET only (RFC 9110 §14.2).
        guard request.method == .get, let range = request.headers["Range"],
            Preconditions.allowsRange(ifRange: request.headers["If-Range"], representation.validators)
        else { return representation.whole }
        let size = representation.content.size
        switch ByteRange(range, size: size) {
        case .whole:
            return representation.whole
        case .part(let bytes):
            var response = representation.whole
            response.status = .partialContent
            response.headers["Content-Range"] = "bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(size)"
            response.body = representation.content.body(bytes)
            return response
        case .unsatisfiable:
            var response = Response.text(.rangeNotSatisfiable, "Range Not Satisfiable\n")
            response.headers["Content-Range"] = "bytes */\(size)"
            finish(&response)
            return response
        }
    }

    /// ENOENT is 404; EMFILE, ENFILE and ENOMEM are 503.
    private func unavailable(_ error: SystemError) -> Response {
        var response =
            error.code == ENOENT
            ? Response.text(.notFound, "Not Found\n") : .text(.serviceUnavailable, "Service Unavailable\n")
        if response.status == .serviceUnavailable { response.headers["Retry-After"] = "1" }
        finish(&response)
        return response
    }

    private static func content(of file: OpenFile) throws(SystemError) -> Content {
        file.size <= memoryLimit ? .memory(try file.read()) : .file(file)
    }

    /// Changes whenever the file does.
    private static func version(of file: OpenFile) -> String {
        let time = file.modified
        return String(file.size, radix: 36) + "-" + String(time.seconds, radix: 36) + "."
            + String(time.nanoseconds, radix: 36)
    }
}

private enum Content: Sendable {
    case memory([UInt8])
    case file(OpenFile)

    var size: Int {
        switch self {
        case .memory(let bytes): bytes.count
        case .file(let file): file.size
        }
    }

    func body(_ range: Range<Int>) -> Response.Body {
        switch self {
        case .memory(let bytes): .bytes(range == bytes.indices ? bytes : Array(bytes[range]))
        case .file(let file): .file(FileSlice(of: file, offset: range.lowerBound, count: range.count))
        }
    }
}

/// The file in one coding, with the answers that are always the same.
private struct Representation: Sendable {
    let content: Content
    let validators: Validators
    /// The answer to a plain GET.
    let whole: Response
    let notModified: Response
    let preconditionFailed: Response

    /// `modified` in seconds since 1970.
    init(
        _ content: Content, _ version: String, _ modified: Int64, type: String, coding: String?,
        isNegotiated: Bool,
        _ finish: @Sendable (inout Response) -> Void
    ) {
        let entityTag = "\"\(version)\(coding.map { "-" + $0 } ?? "")\""
        self.content = content
        validators = Validators(entityTag: entityTag, lastModified: modified)
        var cached: Headers = [
            "ETag": entityTag,
            "Last-Modified": HTTPDate.format(modified),
            "Cache-Control": "public, max-age=\(StaticFile.freshness)",
        ]
        var refused: Headers = ["ETag": entityTag]
        if isNegotiated {
            cached.add("Vary", "Accept-Encoding")
            refused.add("Vary", "Accept-Encoding")
        }
        var headers: Headers = ["Content-Type": type]
        headers.append(contentsOf: cached)
        headers.add("Accept-Ranges", "bytes")
        if let coding { headers.add("Content-Encoding", coding) }

        var whole = Response(.ok, headers: headers, body: content.body(0..<content.size))
        var notModified = Response(.notModified, headers: cached)
        var preconditionFailed = Response(.preconditionFailed, headers: refused)
        finish(&whole)
        finish(&notModified)
        finish(&preconditionFailed)
        self.whole = whole
        self.notModified = notModified
        self.preconditionFailed = preconditionFailed
    }
}

/// The compressed form of a file, made once, when it is first asked for.
private final class Twin: Sendable {
    private enum State {
        case absent
        /// Until it is there, the file is sent as it is.
        case beingMade
        case made(Representation)
    }

    private let state: Mutex<State>
    private let background: (@Sendable (@escaping @Sendable () -> Void) -> Bool)?
    private let make: @Sendable () -> Representation?

    init(_ representation: Representation) {
        state = Mutex(.made(representation))
        background = nil
        make = { representation }
    }

    init(
        background: (@Sendable (@escaping @Sendable () -> Void) -> Bool)?,
        make: @escaping @Sendable () -> Representation?
    ) {
        state = Mutex(.absent)
        self.background = background
        self.make = make
    }

    /// Nil while it is not there.
    func representation() -> Representation? {
        let (representation, isFirst) = state.withLock { state in
            switch state {
            case .made(let representation): return (Representation?.some(representation), false)
            case .beingMade: return (nil, false)
            case .absent:
                state = .beingMade
                return (nil, true)
            }
        }
        guard isFirst else { return representation }
        guard let background else { return finish() }
        if !background({ _ = self.finish() }) { state.withLock { $0 = .absent } }
        return nil
    }

    private func finish() -> Representation? {
        let representation = make()
        state.withLock { $0 = representation.map { .made($0) } ?? .absent }
        return representation
    }
}

extension OpenFile {
    /// The whole file. Blocks on the disk.
    fileprivate func read() throws(SystemError) -> [UInt8] {
        try descriptor.read(size, at: 0)
    }
}

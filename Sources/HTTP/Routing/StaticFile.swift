import Glibc

/// One file, ready to be sent: its headers made, its bytes in memory if they are few.
struct StaticFile: Sendable {
    /// A larger file is left to the kernel to send: copying it would cost more than the call saves.
    private static let memoryLimit = 64 * 1024
    /// Seconds that a browser takes the file for fresh without asking.
    private static let freshness = 600

    private struct Representation: Sendable {
        let file: OpenFile
        /// The answer to a plain GET.
        let whole: Response
        let entityTag: String

        init(_ file: OpenFile, type: String, coding: String?, isNegotiated: Bool) throws(SystemError) {
            let time = file.modified
            let version = String(time.seconds, radix: 36) + "." + String(time.nanoseconds, radix: 36)
            let suffix = coding.map { "-" + $0 } ?? ""
            entityTag = "\"\(String(file.size, radix: 36))-\(version)\(suffix)\""
            var headers: Headers = [
                "Content-Type": type,
                "ETag": entityTag,
                "Last-Modified": HTTPDate.format(time.seconds),
                "Cache-Control": "public, max-age=\(StaticFile.freshness)",
                "Accept-Ranges": "bytes",
            ]
            if let coding { headers.add("Content-Encoding", coding) }
            if isNegotiated { headers.add("Vary", "Accept-Encoding") }
            let slice = FileSlice(of: file)
            let isSmall = file.size <= StaticFile.memoryLimit
            whole = Response(.ok, headers: headers, body: isSmall ? .bytes(try slice.read()) : .file(slice))
            self.file = file
        }
    }

    private let plain: Representation
    private let compressed: Representation?

    init(_ location: String) throws(SystemError) {
        let file = try OpenFile(path: location)
        // An older one is of an older file.
        let neighbour = try? OpenFile(path: location + ".gz")
        let gzip = neighbour.flatMap { $0.modified.seconds >= file.modified.seconds ? $0 : nil }
        let type = MediaType.ofFile(named: location)
        plain = try Representation(file, type: type, coding: nil, isNegotiated: gzip != nil)
        if let gzip {
            compressed = try Representation(gzip, type: type, coding: "gzip", isNegotiated: true)
        } else {
            compressed = nil
        }
    }

    /// Whether the file there, and its compressed neighbour, are the ones that this was made of.
    func isUnchanged(at location: String) -> Bool {
        plain.file.isSame(as: location)
            && (compressed?.file.isSame(as: location + ".gz") ?? !OpenFile.exists(location + ".gz"))
    }

    /// Answers GET and HEAD in the order of RFC 9110 §13.2.2.
    func respond(to request: Request) -> Response {
        var representation = plain
        if let compressed, let codings = request.headers["Accept-Encoding"],
            AcceptEncoding(codings).accepts("gzip")
        {
            representation = compressed
        }
        let validators = Validators(
            entityTag: representation.entityTag, lastModified: representation.file.modified.seconds)
        switch Preconditions(request.headers).evaluate(validators) {
        case .failed:
            return Response(
                .preconditionFailed, headers: representation.whole.headers.keeping(["ETag", "Vary"]))
        case .notModified:
            return Response(
                .notModified,
                headers: representation.whole.headers.keeping([
                    "ETag", "Last-Modified", "Cache-Control", "Vary",
                ]))
        case .proceed:
            break
        }
        // Ranges are defined for GET only (RFC 9110 §14.2).
        guard request.method == .get, let range = request.headers["Range"],
            Preconditions.allowsRange(ifRange: request.headers["If-Range"], validators)
        else { return representation.whole }
        let size = representation.file.size
        switch ByteRange(range, size: size) {
        case .whole:
            return representation.whole
        case .part(let bytes):
            var response = representation.whole
            response.status = .partialContent
            response.headers["Content-Range"] = "bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(size)"
            response.body = .file(
                FileSlice(of: representation.file, offset: bytes.lowerBound, count: bytes.count))
            return response
        case .unsatisfiable:
            var response = Response.text(.rangeNotSatisfiable, "Range Not Satisfiable\n")
            response.headers["Content-Range"] = "bytes */\(size)"
            return response
        }
    }
}

extension Headers {
    fileprivate func keeping(_ names: [String]) -> Headers {
        var kept = Headers()
        for name in names { if let value = self[name] { kept.add(name, value) } }
        return kept
    }
}

extension OpenFile {
    fileprivate static func exists(_ path: String) -> Bool {
        unsafe access(path, F_OK) == 0
    }

    /// Whether the path still leads to this file and the file has not been written to since it was opened.
    fileprivate func isSame(as path: String) -> Bool {
        var there = stat()
        guard unsafe stat(path, &there) == 0, let here = try? descriptor.status() else { return false }
        return there.st_ino == here.st_ino && there.st_dev == here.st_dev && Int(there.st_size) == size
            && Int64(there.st_mtim.tv_sec) == modified.seconds
            && Int64(there.st_mtim.tv_nsec) == modified.nanoseconds
    }
}

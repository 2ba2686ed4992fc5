/// What the fields say that decide where a request ends, to whom it goes and what becomes of the connection.
struct FramingFields {
    private var contentLength: Int?
    private var isChunked = false
    private var hosts = 0
    private var isHostValid = true
    private var wantsClose = false
    private var wantsKeepAlive = false
    private(set) var expectsContinue = false
    private(set) var hasUnknownExpectation = false

    /// Looks at one field of the header section. The name has been checked to be a token.
    mutating func note(name: Span<UInt8>, value: Span<UInt8>) throws(RequestError) {
        switch name.count {
        case 4 where name.isEqual(toLowercase: "host"):
            hosts += 1
            isHostValid = isHostValid && HostField.isValid(value)
        case 6 where name.isEqual(toLowercase: "expect"):
            if value.isEqual(toLowercase: "100-continue") {
                expectsContinue = true
            } else {
                hasUnknownExpectation = true
            }
        case 10 where name.isEqual(toLowercase: "connection"):
            noteConnection(value)
        case 14 where name.isEqual(toLowercase: "content-length"):
            guard contentLength == nil, let length = Self.length(value) else {
                throw RequestError(.badRequest, "Content-Length is malformed or repeated.")
            }
            contentLength = length
        case 17 where name.isEqual(toLowercase: "transfer-encoding"):
            guard !isChunked else {
                throw RequestError(.badRequest, "Transfer-Encoding is repeated.")
            }
            try Self.checkTransferEncoding(value)
            isChunked = true
        default:
            break
        }
    }

    func framing(isHTTP10: Bool) throws(RequestError) -> BodyFraming {
        guard isChunked else { return .length(contentLength ?? 0) }
        // RFC 9112 §6.1: either may come from a proxy that has not understood the other, and of an HTTP/1.0
        // sender nobody can know.
        guard contentLength == nil else {
            throw RequestError(.badRequest, "Content-Length and Transfer-Encoding exclude each other.")
        }
        guard !isHTTP10 else {
            throw RequestError(.badRequest, "HTTP/1.0 has no Transfer-Encoding.")
        }
        return .chunked
    }

    /// RFC 9112 §3.2.
    func checkHost(isHTTP10: Bool) throws(RequestError) {
        guard isHostValid, hosts == 1 || (hosts == 0 && isHTTP10) else {
            throw RequestError(.badRequest, "Host is missing, repeated or malformed.")
        }
    }

    func keepsAlive(isHTTP10: Bool) -> Bool {
        !wantsClose && (!isHTTP10 || wantsKeepAlive)
    }

    private mutating func noteConnection(_ value: Span<UInt8>) {
        var start = 0
        while start <= value.count {
            let end = value.firstIndex(of: Byte.comma, from: start) ?? value.count
            let item = value.extracting(start..<end)
            let option = item.extracting(item.trimmedRange)
            if option.isEqual(toLowercase: "close") { wantsClose = true }
            if option.isEqual(toLowercase: "keep-alive") { wantsKeepAlive = true }
            start = end + 1
        }
    }

    /// `1*DIGIT`: no sign, no list, no space (RFC 9110 §8.6).
    private static func length(_ value: Span<UInt8>) -> Int? {
        guard value.count > 0 else { return nil }
        var length = 0
        var overflowed = false
        for index in value.indices {
            guard value[index].isDigit else { return nil }
            let (tens, tensOverflow) = length.multipliedReportingOverflow(by: 10)
            let (sum, sumOverflow) = tens.addingReportingOverflow(Int(value[index] - UInt8(ascii: "0")))
            overflowed = overflowed || tensOverflow || sumOverflow
            length = sum
        }
        return overflowed ? .max : length
    }

    /// Accepts `chunked` alone. Where another coding comes before it, the request ends where we think but means
    /// something we cannot read; everything else has no end that can be trusted (RFC 9112 §6.1, §6.3).
    private static func checkTransferEncoding(_ value: Span<UInt8>) throws(RequestError) {
        if value.isEqual(toLowercase: "chunked") { return }
        let lastStart = value.lastIndex(of: Byte.comma).map { $0 + 1 } ?? 0
        let last = value.extracting(lastStart..<value.count)
        guard lastStart > 0, last.extracting(last.trimmedRange).isEqual(toLowercase: "chunked") else {
            throw RequestError(.badRequest, "Transfer-Encoding does not end with chunked.")
        }
        throw RequestError(.notImplemented, "The only transfer coding known here is chunked.")
    }
}

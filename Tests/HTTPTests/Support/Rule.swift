import Testing

/// One rule of an RFC: bytes that a client sends, and the answers that the rule allows.
struct Rule: CustomTestStringConvertible, Sendable {
    let section: String
    let name: String
    let bytes: [UInt8]
    /// The status codes of all answers until the server closes the connection, separated by spaces. After the bytes a
    /// request for `/next` is sent, so that `200 200` means that the connection was kept and its framing with it.
    let allowed: [String]

    init(_ section: String, _ name: String, _ bytes: String, _ allowed: String...) {
        self.init(section, name, Array(bytes.utf8), allowed)
    }

    init(_ section: String, _ name: String, _ bytes: [UInt8], _ allowed: [String]) {
        self.section = section
        self.name = name
        self.bytes = bytes
        self.allowed = allowed
    }

    var testDescription: String { "\(section): \(name)" }

    static let next = Array("GET /next HTTP/1.1\r\nHost: next\r\nConnection: close\r\n\r\n".utf8)
}

/// What a server has sent on one connection, taken apart.
struct Answers {
    struct Answer {
        let status: Int
        let headers: [String: String]
        let body: [UInt8]
    }

    private(set) var all: [Answer] = []
    /// What did not read as an answer.
    private(set) var rest: [UInt8]

    /// `heads` tells which answers are to HEAD and have no body.
    init(_ bytes: [UInt8], heads: Set<Int> = []) {
        rest = bytes
        while let answer = next(isHead: heads.contains(all.count)) { all.append(answer) }
    }

    var statuses: String { all.map { String($0.status) }.joined(separator: " ") }

    private mutating func next(isHead: Bool) -> Answer? {
        var lines: [String] = []
        var bytes = rest[...]
        repeat {
            guard let end = bytes.firstIndex(of: 10) else { return nil }
            lines.append(String(decoding: bytes[..<end], as: UTF8.self).filter { $0 != "\r" && $0 != "\r\n" })
            bytes = bytes[(end + 1)...]
        } while lines.last != ""
        let parts = lines[0].split(separator: " ")
        guard parts.count >= 2, parts[0] == "HTTP/1.1", let status = Int(parts[1]) else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let field = line.split(separator: ":", maxSplits: 1)
            if field.count == 2 {
                headers[field[0].lowercased()] = String(field[1].drop { $0 == " " })
            }
        }
        var body: [UInt8] = []
        if isHead || status < 200 || status == 204 || status == 304 {
        } else if headers["transfer-encoding"] == "chunked" {
            while let end = bytes.firstIndex(of: 13),
                let size = Int(String(decoding: bytes[..<end], as: UTF8.self), radix: 16)
            {
                guard bytes.count >= end - bytes.startIndex + size + 4 else { return nil }
                body += bytes[(end + 2)..<(end + 2 + size)]
                bytes = bytes[(end + 4 + size)...]
                if size == 0 { break }
            }
        } else {
            let size = headers["content-length"].flatMap { Int($0) } ?? bytes.count
            guard bytes.count >= size else { return nil }
            body = Array(bytes.prefix(size))
            bytes = bytes.dropFirst(size)
        }
        rest = Array(bytes)
        return Answer(status: status, headers: headers, body: body)
    }
}

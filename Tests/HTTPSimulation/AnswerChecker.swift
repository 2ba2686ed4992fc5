/// Compares what a server has sent on one connection with what it has to send: the answers to that client's requests, in
/// their order, and no other byte. Knows HTTP by itself.
struct AnswerChecker {
    enum Outcome: Equatable {
        case fine
        case wrong(String)
    }

    private enum Place {
        case head([UInt8])
        /// Bytes of the body that are still to come.
        case body(rest: Int)
        /// Nothing may follow.
        case over
    }

    private let client: Int
    private var place = Place.head([])
    /// Bytes of the present answer's body that have been compared.
    private var index = 0
    /// The answer that comes is a refusal.
    private var isRefusal = false
    private var announcesEnd = false

    /// How many requests have been answered as a whole.
    private(set) var answered = 0
    /// The status of the refusal that ends the connection.
    private(set) var refusal: Int?
    /// 100 (Continue) has been sent for the request that is not answered yet.
    private(set) var hasContinued = false

    init(client: Int) {
        self.client = client
    }

    /// Whether the server has said that nothing follows.
    var isOver: Bool { if case .over = place { true } else { false } }
    /// Whether a part of an answer has been sent, and not all of it.
    var isWithinAnswer: Bool {
        switch place {
        case .head(let bytes): !bytes.isEmpty
        case .over: false
        default: true
        }
    }

    mutating func check(_ bytes: [UInt8], _ requests: [SentRequest]) -> Outcome {
        var start = 0
        while start < bytes.count {
            // Within a body, all at once.
            if case .body(let rest) = place, rest > 1 {
                let count = min(rest - 1, bytes.count - start)
                for byte in bytes[start..<(start + count)] where !isExpected(byte, requests) {
                    return wrongByte
                }
                place = .body(rest: rest - count)
                start += count
                continue
            }
            if case .wrong(let text) = check(bytes[start], requests) { return .wrong(text) }
            start += 1
        }
        return .fine
    }

    private mutating func check(_ byte: UInt8, _ requests: [SentRequest]) -> Outcome {
        switch place {
        case .head(var line):
            place = .over
            line.append(byte)
            guard line.count >= 4, line.suffix(4).elementsEqual("\r\n\r\n".utf8) else {
                place = .head(line)
                return .fine
            }
            return readHead(String(decoding: line, as: UTF8.self), requests)
        case .body(let rest):
            guard isExpected(byte, requests) else { return wrongByte }
            place = .body(rest: rest - 1)
            if rest == 1 { end(requests) }
        case .over: return .wrong("something follows the last answer")
        }
        return .fine
    }

    private var wrongByte: Outcome {
        .wrong("byte \(index) of the answer to request \(answered) is not its own")
    }

    private mutating func isExpected(_ byte: UInt8, _ requests: [SentRequest]) -> Bool {
        defer { index += 1 }
        // The text of a refusal is the server's own.
        if isRefusal { return true }
        let plan = requests[answered].plan
        return byte
            == (plan.kind == .file
                ? Pattern.fileByte(index) : Pattern.byte(client, requests[answered].number, index))
    }

    private mutating func readHead(_ text: String, _ requests: [SentRequest]) -> Outcome {
        guard answered < requests.count else { return .wrong("an answer to nothing: \(text.prefix(40))") }
        let request = requests[answered]
        let lines = text.split(separator: "\r\n")
        let status = lines.first.flatMap { $0.hasPrefix("HTTP/1.1 ") ? Int($0.dropFirst(9).prefix(3)) : nil }
        guard let status else { return .wrong("no status line: \(text.prefix(40))") }
        if status == 100 {
            guard request.plan.expectsContinue, !hasContinued, request.plan.body > 0 else {
                return .wrong("100 that nobody waits for")
            }
            hasContinued = true
            place = .head([])
            return .fine
        }
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            let field = line.split(separator: ":", maxSplits: 1)
            guard field.count == 2 else { return .wrong("a field that is none: \(line)") }
            fields[field[0].lowercased()] = String(field[1].dropFirst())
        }
        guard fields["date"] != nil else { return .wrong("an answer without a date") }
        index = 0
        announcesEnd = fields["connection"] == "close"
        isRefusal = status != 200
        if isRefusal {
            refusal = status
            guard announcesEnd, let size = fields["content-length"].flatMap({ Int($0) }) else {
                return .wrong("a refusal that does not close")
            }
            return begin(size, requests)
        }
        guard fields["x-answer"] == "\(client) \(request.number)" else {
            return .wrong("the answer \(fields["x-answer"] ?? "?") instead of \(client) \(request.number)")
        }
        let hasToClose = request.plan.closes || request.plan.isHTTP10
        if hasToClose, !announcesEnd { return .wrong("a connection that is to be closed goes on") }
        if request.plan.isHead {
            end(requests)
        } else if let size = fields["content-length"].flatMap({ Int($0) }) {
            guard size == request.plan.answerSize else { return .wrong("\(size) bytes are announced") }
            return begin(size, requests)
        } else {
            return .wrong("a body without an end")
        }
        return .fine
    }

    private mutating func begin(_ size: Int, _ requests: [SentRequest]) -> Outcome {
        place = .body(rest: size)
        if size == 0 { end(requests) }
        return .fine
    }

    private mutating func end(_ requests: [SentRequest]) {
        if !isRefusal { answered += 1 }
        hasContinued = false
        place = announcesEnd ? .over : .head([])
    }
}

/// A request as its client has put it on the wire.
struct SentRequest {
    let plan: RequestPlan
    /// Of its client's requests, from 0.
    let number: Int
    /// Where it lies in the bytes that its client sends.
    let start: Int
    let headEnd: Int
    let end: Int
}

/// How an answer goes out: what its head says about the body and the connection (RFC 9112 §6, §9).
struct ResponsePlan {
    /// How the client finds the end of the body.
    enum Framing: Equatable {
        /// The status allows no body.
        case none
        case length(Int)
    }

    enum Persistence {
        /// HTTP/1.1 keeps the connection without a word.
        case implied
        case keepAlive
        case close
    }

    let framing: Framing
    /// Whether the body is sent, and not only described.
    let hasBody: Bool
    var persistence: Persistence

    /// What a request says about its answer.
    struct Terms {
        let isHead: Bool
        let isHTTP10: Bool
        let keepsAlive: Bool

        init(of head: borrowing ParsedHead) {
            isHead = head.method == .head
            isHTTP10 = head.isHTTP10
            keepsAlive = head.keepsAlive
        }
    }

    init(for response: Response, on terms: Terms) {
        framing = Self.framing(of: response)
        hasBody = !terms.isHead && response.status.allowsBody
        if !terms.keepsAlive || response.headers.asksToClose {
            persistence = .close
        } else {
            persistence = terms.isHTTP10 ? .keepAlive : .implied
        }
    }

    /// For the answer to what could not be read as a request.
    init(refusing response: Response) {
        framing = Self.framing(of: response)
        hasBody = response.status.allowsBody
        persistence = .close
    }

    /// Writes the status line and the header section (RFC 9112 §4, §5); `date` is a whole line.
    func appendHead(of response: Response, date: [UInt8], to output: inout [UInt8]) {
        output += response.status.line
        output += date
        response.headers.appendLines(to: &output)
        switch framing {
        case .none: break
        case .length(let length):
            output.append("Content-Length: ")
            output.append(decimal: length)
            output.append("\r\n")
        }
        switch persistence {
        case .implied: break
        case .keepAlive: output.append("Connection: keep-alive\r\n")
        case .close: output.append("Connection: close\r\n")
        }
        output.append("\r\n")
    }

    private static func framing(of response: Response) -> Framing {
        guard response.status.allowsBody else { return .none }
        switch response.body {
        case .empty: return .length(0)
        case .bytes(let bytes): return .length(bytes.count)
        case .file(let slice): return .length(slice.count)
        }
    }
}

extension [UInt8] {
    mutating func append(_ text: StaticString) {
        // The literal's bytes live as long as the program.
        unsafe append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// A number that is not negative.
    mutating func append(decimal number: Int) {
        if number >= 10 { append(decimal: number / 10) }
        append(UInt8(ascii: "0") + UInt8(number % 10))
    }
}

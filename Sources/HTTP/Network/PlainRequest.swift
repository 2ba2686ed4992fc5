import Glibc
import Platform

/// A request that comes without encryption where TLS is spoken: a person has typed `http://` for `https://`.
enum PlainRequest {
    /// As much of it as is looked at.
    private static let size = 4096

    enum Look {
        /// Nothing has come yet, or nothing will.
        case nothing
        case handshake
        /// It has been answered, in plain text, and the connection is over.
        case answered
    }

    /// Looks at the first bytes, which stay where they are if a handshake begins with them.
    static func look(at socket: PlainSocket) -> Look {
        var bytes = [UInt8](repeating: 0, count: size)
        func receive(_ flags: Int32) -> Int {
            uninterrupted { unsafe recv(socket.descriptor, &bytes, bytes.count, flags) }
        }
        let count = receive(Int32(MSG_PEEK))
        guard count > 0 else { return .nothing }
        // A handshake is a record of type 22 (RFC 8446 §5.1), a request begins with a letter.
        guard bytes[0].isLetter else { return .handshake }
        // What is left unread would reset the connection, and the answer with it.
        _ = receive(0)
        _ = socket.send(Array(answer(to: bytes[..<count]).utf8), from: 0)
        socket.endSending()
        return .answered
    }

    private static func answer(to request: ArraySlice<UInt8>) -> String {
        let sentence = "This address speaks https"
        let page =
            host(in: request).map {
                "<!DOCTYPE html><title>\(sentence)</title><p>\(sentence): <a href=\"https://\($0)/\">https://\($0)/</a></p>\n"
            } ?? "<!DOCTYPE html><title>\(sentence)</title><p>\(sentence).</p>\n"
        return """
            HTTP/1.1 400 Bad Request\r
            Content-Type: text/html; charset=utf-8\r
            Content-Length: \(page.utf8.count)\r
            Connection: close\r
            \r

            """ + page
    }

    /// The field `Host`, where it is one and means nothing in HTML.
    private static func host(in request: ArraySlice<UInt8>) -> String? {
        for line in request.split(separator: Byte.lineFeed).dropFirst() {
            let text = String(decoding: line, as: UTF8.self)
            guard text.lowercased().hasPrefix("host:") else { continue }
            let host = Array(text.utf8.dropFirst(5).filter { !$0.isBlank && $0 != Byte.carriageReturn })
            let isPlain = host.allSatisfy {
                $0.isLetter || $0.isDigit || [".", "-", ":", "[", "]"].contains(Unicode.Scalar($0))
            }
            guard !host.isEmpty, isPlain, HostField.isValid(host.span) else { return nil }
            return String(decoding: host, as: UTF8.self)
        }
        return nil
    }
}

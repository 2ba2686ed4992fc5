/// What becomes of a body.
package enum BodyTerms: Sendable {
    /// It is kept in memory, up to so many bytes, decoded; more is answered 413.
    case memory(upTo: Int)
    /// It is handed over while it arrives.
    case receiver(any BodyReceiver)
}

/// Takes the body of one request while it arrives. Each call waits for the one before; the last one ends the body.
package protocol BodyReceiver: Sendable {
    /// Bytes that the body may have, decoded; more is answered 413.
    var maximumSize: Int { get }

    /// Takes the next bytes. Called on the event loop; what blocks belongs on another thread. Returns the whole with the
    /// last piece, nil before. What is thrown is answered, and the connection ends.
    func take(_ piece: [UInt8], isLast: Bool) async throws(RequestError) -> ReceivedBody?
}

extension BodyTerms {
    var maximumSize: Int {
        switch self {
        case .memory(let size): size
        case .receiver(let receiver): receiver.maximumSize
        }
    }

    var receiver: (any BodyReceiver)? {
        if case .receiver(let receiver) = self { receiver } else { nil }
    }
}

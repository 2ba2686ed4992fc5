import HTTP
import Templating

/// What a person can meet, in words for them. The other mistakes are those of programs, whose authors read English.
extension RequestError {
    var heading: Message {
        switch status {
        case .contentTooLarge: Message("Too large")
        case .uriTooLong: Message("The address is too long")
        case .requestTimeout: Message("Too slow")
        case .serviceUnavailable: Message("Busy right now")
        default: Message(verbatim: status.reason)
        }
    }

    var explanation: Message {
        if let limit {
            return Message(
                "What was sent is larger than {limit}, the limit here.", ["limit": RequestError.words(limit)])
        }
        switch status {
        case .uriTooLong: return Message("Go back, and use a shorter text or fewer filters.")
        case .requestTimeout: return Message("It did not arrive in time. Please try again.")
        case .serviceUnavailable:
            return Message(
                "Too much is being sent to the server at once. Nothing was changed. Please try again in a few seconds."
            )
        default: return Message(verbatim: reason)
        }
    }
}

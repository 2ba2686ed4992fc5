import Templating

/// After a log-in: what the user had sent before, ready to be sent again.
struct PendingOfferPage: FramedPage {
    var frame: Frame
    var description: Message
    var button: Message
    /// Where the form posts to, a path on this site.
    var action: String
    var fields: [HiddenField]

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "description": .field { $0.description },
        "button": .field { $0.button },
        "action": .field { $0.action },
        "hidden": .field { $0.fields },
    ]
}

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
        "frame": .record { $0.frame },
        "description": .text { $0.description },
        "button": .text { $0.button },
        "action": .text { $0.action },
        "hidden": .list { $0.fields },
    ]
}

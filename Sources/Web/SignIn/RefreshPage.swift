import Templating

/// Asks whether to go on with a session whose access token has expired.
struct RefreshPage: FramedPage {
    var frame: Frame
    var next = ""
    var pending = ""
    var pendingDescription = Message.empty
    /// What the button says that finishes it.
    var pendingButton = Message.empty
    var lost = Message.empty

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "next": .field { $0.next },
        "pending": .field { $0.pending },
        "pendingDescription": .field { $0.pendingDescription },
        "pendingButton": .field { $0.pendingButton },
        "lost": .field { $0.lost },
    ]
}

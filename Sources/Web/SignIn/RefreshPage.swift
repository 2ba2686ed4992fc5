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
        "frame": .record { $0.frame },
        "next": .text { $0.next },
        "pending": .text { $0.pending },
        "pendingDescription": .text { $0.pendingDescription },
        "pendingButton": .text { $0.pendingButton },
        "lost": .text { $0.lost },
    ]
}

import Templating

/// The log-in form, which may carry along what somebody sent when their session had ended.
struct LoginPage: FramedPage {
    var frame: Frame
    var login = ""
    var loginProblem = Message.empty
    var passwordProblem = Message.empty
    /// A path on this site, or empty.
    var next = ""
    /// A sealed pending form, or empty.
    var pending = ""
    /// What it is about, in words.
    var pendingDescription = Message.empty
    /// Why what was sent is not carried along, in words.
    var lost = Message.empty
    var isRegistrationOpen = true

    var problems: [FieldProblem] {
        [("email", loginProblem), ("password", passwordProblem)]
            .filter { !$0.1.isEmpty }.map { FieldProblem(field: $0.0, message: $0.1) }
    }

    static let fields: TemplateFields<Self> = [
        "frame": .record { $0.frame },
        "login": .text { $0.login },
        "loginProblem": .text { $0.loginProblem },
        "passwordProblem": .text { $0.passwordProblem },
        "next": .text { $0.next },
        "pending": .text { $0.pending },
        "pendingDescription": .text { $0.pendingDescription },
        "lost": .text { $0.lost },
        "isRegistrationOpen": .flag { $0.isRegistrationOpen },
        "problems": .list { $0.problems },
    ]
}

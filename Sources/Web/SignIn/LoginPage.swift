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
        "frame": .field { $0.frame },
        "login": .field { $0.login },
        "loginProblem": .field { $0.loginProblem },
        "passwordProblem": .field { $0.passwordProblem },
        "next": .field { $0.next },
        "pending": .field { $0.pending },
        "pendingDescription": .field { $0.pendingDescription },
        "lost": .field { $0.lost },
        "isRegistrationOpen": .field { $0.isRegistrationOpen },
        "problems": .field { $0.problems },
    ]
}

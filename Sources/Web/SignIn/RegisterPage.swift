import Templating

/// The form for a new account.
struct RegisterPage: FramedPage {
    var frame: Frame
    var username = ""
    var email = ""
    var usernameProblem = Message.empty
    var emailProblem = Message.empty
    var passwordProblem = Message.empty

    var problems: [FieldProblem] {
        [("username", usernameProblem), ("email", emailProblem), ("password", passwordProblem)]
            .filter { !$0.1.isEmpty }.map { FieldProblem(field: $0.0, message: $0.1) }
    }

    static let fields: TemplateFields<Self> = [
        "frame": .record { $0.frame },
        "username": .text { $0.username },
        "email": .text { $0.email },
        "usernameProblem": .text { $0.usernameProblem },
        "emailProblem": .text { $0.emailProblem },
        "passwordProblem": .text { $0.passwordProblem },
        "problems": .list { $0.problems },
    ]
}

/// Said instead of the form while nobody new may register.
struct RegistrationClosedPage: FramedPage {
    var frame: Frame

    static let fields: TemplateFields<Self> = ["frame": .record { $0.frame }]
}

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
        "frame": .field { $0.frame },
        "username": .field { $0.username },
        "email": .field { $0.email },
        "usernameProblem": .field { $0.usernameProblem },
        "emailProblem": .field { $0.emailProblem },
        "passwordProblem": .field { $0.passwordProblem },
        "problems": .field { $0.problems },
    ]
}

/// Said instead of the form while nobody new may register.
struct RegistrationClosedPage: FramedPage {
    var frame: Frame

    static let fields: TemplateFields<Self> = ["frame": .field { $0.frame }]
}

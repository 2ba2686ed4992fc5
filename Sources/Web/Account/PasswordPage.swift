import Templating

/// The form for a new password.
struct PasswordPage: FramedPage {
    var frame: Frame
    var username: String
    var form: String
    var currentProblem = Message.empty
    var newProblem = Message.empty

    var problems: [FieldProblem] {
        [("current-password", currentProblem), ("new-password", newProblem)]
            .filter { !$0.1.isEmpty }.map { FieldProblem(field: $0.0, message: $0.1) }
    }

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "username": .field { $0.username },
        "form": .field { $0.form },
        "currentProblem": .field { $0.currentProblem },
        "newProblem": .field { $0.newProblem },
        "problems": .field { $0.problems },
    ]
}

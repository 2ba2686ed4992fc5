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
        "frame": .record { $0.frame },
        "username": .text { $0.username },
        "form": .text { $0.form },
        "currentProblem": .text { $0.currentProblem },
        "newProblem": .text { $0.newProblem },
        "problems": .list { $0.problems },
    ]
}

import Templating

/// Asks for the password before the account is deleted, and says what will be lost.
struct DeleteAccountPage: FramedPage {
    var frame: Frame
    var username: String
    var form: String
    /// "1,204 expenses"
    var expenses: ShownCount
    /// "7 categories"
    var categories: Message
    var passwordProblem = Message.empty

    var problems: [FieldProblem] {
        passwordProblem.isEmpty ? [] : [FieldProblem(field: "password", message: passwordProblem)]
    }

    static let fields: TemplateFields<Self> = [
        "frame": .record { $0.frame },
        "username": .text { $0.username },
        "form": .text { $0.form },
        "expenses": .value { $0.expenses },
        "categories": .text { $0.categories },
        "passwordProblem": .text { $0.passwordProblem },
        "problems": .list { $0.problems },
    ]
}

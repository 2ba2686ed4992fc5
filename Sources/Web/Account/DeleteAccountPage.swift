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
    var problems: FormProblems = [:]

    private var password: FormField {
        FormField(
            name: "password", label: Message("Your password, to make sure that it is you"), kind: .password,
            autocomplete: "current-password", isRequired: true
        ).telling(problems)
    }

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "username": .field { $0.username },
        "form": .field { $0.form },
        "expenses": .field { $0.expenses },
        "categories": .field { $0.categories },
        "password": .field { $0.password },
        "problems": .field { $0.problems.list },
    ]
}

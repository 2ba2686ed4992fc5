import Templating

/// The form for a new password.
struct PasswordPage: FramedPage {
    var frame: Frame
    var username: String
    var form: String
    var problems: FormProblems = [:]

    static var advice: Message {
        Message(
            "At least 8 characters of any kind. A few words in a row are easy to remember and hard to guess.")
    }

    private var fields: [FormField] {
        [
            FormField(
                name: "current_password", id: "current-password", label: Message("Current password"),
                kind: .password, autocomplete: "current-password", isRequired: true),
            FormField(
                name: "new_password", id: "new-password", label: Message("New password"), kind: .password,
                hint: PasswordPage.advice, autocomplete: "new-password", isRequired: true),
        ].telling(problems)
    }

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "username": .field { $0.username },
        "form": .field { $0.form },
        "fields": .field { $0.fields },
        "problems": .field { $0.problems.list },
    ]
}

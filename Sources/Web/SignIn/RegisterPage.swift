import Templating

/// The form for a new account.
struct RegisterPage: FramedPage {
    var frame: Frame
    var username = ""
    var email = ""
    var problems: FormProblems = [:]

    private var fields: [FormField] {
        [
            FormField(
                name: "username", label: Message("Username"), value: username,
                hint: Message("3 to 30 letters or digits; also “.”, “_” and “-”."),
                autocomplete: "username", autocapitalize: "none", isRequired: true,
                isFocused: problems.isEmpty),
            FormField(
                name: "email", label: Message("Email"), kind: .email, value: email, autocomplete: "email",
                isRequired: true),
            FormField(
                name: "password", label: Message("Password"), kind: .password, hint: PasswordPage.advice,
                autocomplete: "new-password", isRequired: true),
        ].telling(problems)
    }

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "fields": .field { $0.fields },
        "problems": .field { $0.problems.list },
    ]
}

/// Said instead of the form while nobody new may register.
struct RegistrationClosedPage: FramedPage {
    var frame: Frame

    static let fields: TemplateFields<Self> = ["frame": .field { $0.frame }]
}

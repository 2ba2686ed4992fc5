import Templating

/// The log-in form, which may carry along what somebody sent when their session had ended.
struct LoginPage: FramedPage {
    var frame: Frame
    var login = ""
    var problems: FormProblems = [:]
    /// A path on this site, or empty.
    var next = ""
    /// A sealed pending form, or empty.
    var pending = ""
    /// What it is about, in words.
    var pendingDescription = Message.empty
    /// Why what was sent is not carried along, in words.
    var lost = Message.empty

    private var fields: [FormField] {
        [
            FormField(
                name: "email", label: Message("Email or username"), value: login, autocomplete: "username",
                autocapitalize: "none", isRequired: true, isFocused: login.isEmpty),
            FormField(
                name: "password", label: Message("Password"), kind: .password,
                autocomplete: "current-password", isRequired: true, isFocused: !login.isEmpty),
        ].telling(problems)
    }

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "fields": .field { $0.fields },
        "next": .field { $0.next },
        "pending": .field { $0.pending },
        "pendingDescription": .field { $0.pendingDescription },
        "lost": .field { $0.lost },
        "problems": .field { $0.problems.list },
    ]
}

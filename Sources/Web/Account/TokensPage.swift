import Expenses
import Templating

/// The personal API tokens, and the form for another one.
struct TokensPage: FramedPage {
    var frame: Frame
    var form: String
    var typed = TokenForm()
    var problems: FormProblems = [:]
    /// Shown this once; empty where none was just made.
    var newToken: String
    var tokens: [TokenRow]

    private var fields: [FormField] {
        [
            FormField(
                name: "name", label: Message("What it is for"), value: typed.name, isRequired: true),
            FormField(
                name: "access", label: Message("What it may do"),
                choices: [
                    Choice(value: "read", label: Message("Only read")),
                    Choice(value: "write", label: Message("Read and write"), isSelected: typed.mayWrite),
                ]),
        ].telling(problems)
    }

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "form": .field { $0.form },
        "fields": .field { $0.fields },
        "problems": .field { $0.problems.list },
        "newToken": .field { $0.newToken },
        "tokens": .field { $0.tokens },
    ]
}

/// One token. Only its hash is stored.
struct TokenRow: TemplateModel {
    var name: String
    /// "May read and write" or "May only read".
    var access: Message
    /// "23 November 2026"
    var made: ShownDate
    /// Nil while it has not been used.
    var used: ShownDate?
    /// Where its button posts to.
    var revokeAddress: String

    static let fields: TemplateFields<Self> = [
        "name": .field { $0.name },
        "access": .field { $0.access },
        "made": .field { $0.made },
        "used": .field { $0.used },
        "revokeAddress": .field { $0.revokeAddress },
    ]

    init(_ token: APIToken, wording: Wording, zone: Zone) {
        name = token.name
        access = token.mayWrite ? Message("May read and write") : Message("May only read")
        made = wording.date(zone.day(at: token.createdAt))
        used = token.lastUsedAt.map { wording.date(zone.day(at: $0)) }
        revokeAddress = "/account/tokens/\(token.id)/revoke"
    }
}

import Templating

/// Asks for the code, after the right password. It may carry along what somebody sent when their session had ended.
struct CodePage: FramedPage {
    var frame: Frame
    /// A sealed `PasswordProof`.
    var proof: String
    /// A path on this site, or empty.
    var next: String
    /// A sealed pending form, or empty.
    var pending: String
    /// What it is about, in words.
    var pendingDescription: Message
    /// What was typed into the field that has a problem.
    var typed = ""
    var problems: FormProblems = [:]

    private var code: FormField {
        var field = FormField.code(Message("Code from the app"), typed, problems)
        (field.inputMode, field.isRequired, field.isFocused) = ("numeric", false, true)
        return field
    }

    private var recoveryCode: FormField {
        var field = FormField.code(
            id: "recovery-code", Message("One of your recovery codes, instead"), typed, problems)
        field.hint = Message(
            "If you have none left, the person who runs this server can let you log in with your password alone."
        )
        (field.autocomplete, field.isRequired) = ("off", false)
        return field
    }

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "proof": .field { $0.proof },
        "next": .field { $0.next },
        "pending": .field { $0.pending },
        "pendingDescription": .field { $0.pendingDescription },
        "code": .field { $0.code },
        "recoveryCode": .field { $0.recoveryCode },
        "isRecovering": .field { $0.problems["recovery-code"] != nil },
        "problems": .field { $0.problems.list },
    ]
}

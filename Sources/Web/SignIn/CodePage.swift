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
    var code = CodeEntry()
    var recoveryCode = CodeEntry()

    private var problems: [FieldProblem] {
        [("code", code), ("recovery-code", recoveryCode)].filter { !$0.1.problem.isEmpty }
            .map { FieldProblem(field: $0.0, message: $0.1.problem) }
    }

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "proof": .field { $0.proof },
        "next": .field { $0.next },
        "pending": .field { $0.pending },
        "pendingDescription": .field { $0.pendingDescription },
        "code": .field { $0.code.typed },
        "codeProblem": .field { $0.code.problem },
        "recoveryCode": .field { $0.recoveryCode.typed },
        "recoveryProblem": .field { $0.recoveryCode.problem },
        "problems": .field { $0.problems },
    ]
}

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
        "frame": .record { $0.frame },
        "proof": .text { $0.proof },
        "next": .text { $0.next },
        "pending": .text { $0.pending },
        "pendingDescription": .text { $0.pendingDescription },
        "code": .text { $0.code.typed },
        "codeProblem": .text { $0.code.problem },
        "recoveryCode": .text { $0.recoveryCode.typed },
        "recoveryProblem": .text { $0.recoveryCode.problem },
        "problems": .list { $0.problems },
    ]
}

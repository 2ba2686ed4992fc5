import HTTP
import Templating

/// Two-factor log-in: how it is switched on, or what can be done with it.
struct TwoFactorPage: FramedPage {
    var frame: Frame
    var form: String
    /// Nil where it is on.
    var setup: TwoFactorSetupForm?
    /// Since when it is on; nil where it is off.
    var since: ShownDate?
    /// How many recovery codes are left, in a sentence.
    var codesLeft = Message.empty
    /// Shown this once; empty where none were just made.
    var newCodes: [RecoveryCodeLine] = []
    /// What was typed into the field that has a problem.
    var typed = ""
    var problems: FormProblems = [:]

    private var renewal: FormField { code("new-codes-code") }
    private var off: FormField { code("off-code") }

    private func code(_ id: String) -> FormField {
        .code(id: id, Message("Code from the app, or a recovery code"), typed, problems)
    }

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "form": .field { $0.form },
        "setup": .field { $0.setup },
        "since": .field { $0.since },
        "codesLeft": .field { $0.codesLeft },
        "newCodes": .field { $0.newCodes },
        "renewal": .field { $0.renewal },
        "off": .field { $0.off },
        "problems": .field { $0.problems.list },
    ]
}

struct RecoveryCodeLine: TemplateModel {
    var code: String

    static let fields: TemplateFields<Self> = ["code": .field { $0.code }]
}

/// What an authenticator app has to know, and the form for its first code.
struct TwoFactorSetupForm: TemplateModel {
    let form: String
    private let key: String
    private let sealed: String
    /// What follows `otpauth://totp/` (github.com/google/google-authenticator/wiki/Key-Uri-Format).
    private let address: String
    private let picture: QRPicture
    private let code: FormField

    init(
        _ setup: TwoFactorSetup, username: String, form: String, sealedBy seal: Seal, _ typed: String,
        _ problems: FormProblems
    ) {
        self.form = form
        key = setup.key
        sealed = setup.sealed(by: seal)
        let account = "Expense%20Tracker:" + PercentEncoding.encodePathSegment(username)
        address = "\(account)?secret=\(key.replacing(" ", with: ""))&issuer=Expense%20Tracker"
        guard let picture = QRPicture("otpauth://totp/" + address) else {
            preconditionFailure("a username of \(AccountRules.longestUsername) bytes fits")
        }
        self.picture = picture
        var code = FormField.code(Message("Code from the app"), typed, problems)
        code.inputMode = "numeric"
        self.code = code
    }

    static let fields: TemplateFields<Self> = [
        "form": .field { $0.form },
        "key": .field { $0.key },
        "sealed": .field { $0.sealed },
        "address": .field { $0.address },
        "picture": .field { $0.picture },
        "side": .field { $0.picture.side },
        "code": .field { $0.code },
    ]
}

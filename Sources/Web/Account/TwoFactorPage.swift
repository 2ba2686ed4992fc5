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
    /// The code that is to make new ones.
    var renewal = CodeEntry()
    /// The one that is to switch it off.
    var off = CodeEntry()

    private var problems: [FieldProblem] {
        [("code", setup?.code ?? CodeEntry()), ("new-codes-code", renewal), ("off-code", off)]
            .filter { !$0.1.problem.isEmpty }.map { FieldProblem(field: $0.0, message: $0.1.problem) }
    }

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "form": .field { $0.form },
        "setup": .field { $0.setup },
        "since": .field { $0.since },
        "codesLeft": .field { $0.codesLeft },
        "newCodes": .field { $0.newCodes },
        "renewalTyped": .field { $0.renewal.typed },
        "renewalProblem": .field { $0.renewal.problem },
        "offTyped": .field { $0.off.typed },
        "offProblem": .field { $0.off.problem },
        "problems": .field { $0.problems },
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
    let code: CodeEntry

    init(_ setup: TwoFactorSetup, username: String, form: String, sealedBy seal: Seal, code: CodeEntry) {
        self.form = form
        key = setup.key
        sealed = setup.sealed(by: seal)
        let account = "Expense%20Tracker:" + PercentEncoding.encodePathSegment(username)
        address = "\(account)?secret=\(key.replacing(" ", with: ""))&issuer=Expense%20Tracker"
        guard let picture = QRPicture("otpauth://totp/" + address) else {
            preconditionFailure("a username of \(AccountRules.longestUsername) bytes fits")
        }
        self.picture = picture
        self.code = code
    }

    static let fields: TemplateFields<Self> = [
        "form": .field { $0.form },
        "key": .field { $0.key },
        "sealed": .field { $0.sealed },
        "address": .field { $0.address },
        "picture": .field { $0.picture },
        "side": .field { $0.picture.side },
        "typed": .field { $0.code.typed },
        "problem": .field { $0.code.problem },
    ]
}

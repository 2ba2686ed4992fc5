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
        "frame": .record { $0.frame },
        "form": .text { $0.form },
        "setup": .optional { $0.setup },
        "since": .value { $0.since },
        "codesLeft": .text { $0.codesLeft },
        "newCodes": .list { $0.newCodes },
        "renewalTyped": .text { $0.renewal.typed },
        "renewalProblem": .text { $0.renewal.problem },
        "offTyped": .text { $0.off.typed },
        "offProblem": .text { $0.off.problem },
        "problems": .list { $0.problems },
    ]
}

struct RecoveryCodeLine: TemplateModel {
    var code: String

    static let fields: TemplateFields<Self> = ["code": .text { $0.code }]
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

    init(_ setup: TwoFactorSetup, username: String, sealedBy seal: Seal, code: CodeEntry) {
        form = seal.stamp(for: setup.owner)
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
        "form": .text { $0.form },
        "key": .text { $0.key },
        "sealed": .text { $0.sealed },
        "address": .text { $0.address },
        "picture": .value { $0.picture },
        "side": .value { $0.picture.side },
        "typed": .text { $0.code.typed },
        "problem": .text { $0.code.problem },
    ]
}

import HTTP
import Templating

/// The form for a new account.
struct RegisterPage: TemplateModel {
    var frame: Frame
    var username = ""
    var email = ""
    var usernameProblem = ""
    var emailProblem = ""
    var passwordProblem = ""

    var problems: [FieldProblem] {
        [("username", usernameProblem), ("email", emailProblem), ("password", passwordProblem)]
            .filter { !$0.1.isEmpty }.map { FieldProblem(field: $0.0, message: $0.1) }
    }

    static let fields: TemplateFields<Self> = [
        "frame": .record { $0.frame },
        "username": .text { $0.username },
        "email": .text { $0.email },
        "usernameProblem": .text { $0.usernameProblem },
        "emailProblem": .text { $0.emailProblem },
        "passwordProblem": .text { $0.passwordProblem },
        "problems": .list { $0.problems },
    ]
}

/// Said instead of the form while nobody new may register.
struct RegistrationClosedPage: TemplateModel {
    var frame: Frame

    static let fields: TemplateFields<Self> = ["frame": .record { $0.frame }]
}

/// The log-in form, which may carry along what somebody sent when their session had ended.
struct LoginPage: TemplateModel {
    var frame: Frame
    var login = ""
    var loginProblem = ""
    var passwordProblem = ""
    /// A path on this site, or empty.
    var next = ""
    /// A sealed pending form, or empty.
    var pending = ""
    /// What it is about, in words.
    var pendingDescription = ""
    /// Why what was sent is not carried along, in words.
    var lost = ""
    var isRegistrationOpen = true

    var problems: [FieldProblem] {
        [("email", loginProblem), ("password", passwordProblem)]
            .filter { !$0.1.isEmpty }.map { FieldProblem(field: $0.0, message: $0.1) }
    }

    static let fields: TemplateFields<Self> = [
        "frame": .record { $0.frame },
        "login": .text { $0.login },
        "loginProblem": .text { $0.loginProblem },
        "passwordProblem": .text { $0.passwordProblem },
        "next": .text { $0.next },
        "pending": .text { $0.pending },
        "pendingDescription": .text { $0.pendingDescription },
        "lost": .text { $0.lost },
        "isRegistrationOpen": .flag { $0.isRegistrationOpen },
        "problems": .list { $0.problems },
    ]
}

/// Asks whether to go on with a session whose access token has expired.
struct RefreshPage: TemplateModel {
    var frame: Frame
    var next = ""
    var pending = ""
    var pendingDescription = ""
    var lost = ""

    static let fields: TemplateFields<Self> = [
        "frame": .record { $0.frame },
        "next": .text { $0.next },
        "pending": .text { $0.pending },
        "pendingDescription": .text { $0.pendingDescription },
        "lost": .text { $0.lost },
    ]
}

/// After a log-in: what the user had sent before, ready to be sent again.
struct PendingOfferPage: TemplateModel {
    var frame: Frame
    var description: String
    var button: String
    /// Where the form posts to, a path on this site.
    var action: String
    var fields: [HiddenField]

    static let fields: TemplateFields<Self> = [
        "frame": .record { $0.frame },
        "description": .text { $0.description },
        "button": .text { $0.button },
        "action": .text { $0.action },
        "hidden": .list { $0.fields },
    ]
}

/// A field of a form that only the browser sees.
struct HiddenField: TemplateModel {
    var name: String
    var value: String

    static let fields: TemplateFields<Self> = ["name": .text { $0.name }, "value": .text { $0.value }]
}

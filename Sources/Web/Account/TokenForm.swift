import Expenses
import HTTP
import Templating

/// What a new token is to be called, and whether it may write.
struct TokenForm: Sendable {
    var name = ""
    var mayWrite = false
    /// Empty where nothing is wrong with the name.
    var problem = Message.empty

    init() {}

    init(_ fields: FormData) {
        name = fields["name"] ?? ""
        mayWrite = fields["access"] == "write"
    }

    /// The name without blanks around it; nil, with a problem, where it is not valid.
    mutating func validated() -> String? {
        let trimmed = AccountRules.trimmed(name)
        if trimmed.isEmpty {
            problem = Message("Enter a name, so that you know the token later.")
        } else if trimmed.utf8.count > 4 * APIToken.longestName || trimmed.count > APIToken.longestName {
            problem = Message("Use at most {most} characters.", ["most": APIToken.longestName])
        } else if trimmed.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            problem = Message("A name is one line of text.")
        }
        return problem.isEmpty ? trimmed : nil
    }
}

import Expenses
import HTTP
import Templating

/// What a new token is to be called, and whether it may write.
struct TokenForm: Sendable {
    var name = ""
    var mayWrite = false

    init() {}

    init(_ fields: FormData) {
        name = fields["name"] ?? ""
        mayWrite = fields["access"] == "write"
    }

    /// The name without blanks around it.
    func validated() -> Result<String, FormProblems> {
        let trimmed = AccountRules.trimmed(name)
        if trimmed.isEmpty {
            return .failure(["name": Message("Enter a name, so that you know the token later.")])
        }
        if trimmed.utf8.count > 4 * APIToken.longestName || trimmed.count > APIToken.longestName {
            return .failure([
                "name": Message("Use at most {most} characters.", ["most": APIToken.longestName])
            ])
        }
        if trimmed.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            return .failure(["name": Message("A name is one line of text.")])
        }
        return .success(trimmed)
    }
}

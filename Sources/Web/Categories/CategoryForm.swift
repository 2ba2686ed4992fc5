import Expenses
import HTTP
import Templating

/// A category's name and colour as they were typed.
struct CategoryForm: Sendable, Equatable {
    var name = ""
    var color = ""

    /// Blanks around the name are taken off.
    func validated() -> Result<(name: String, color: CategoryColor), FormProblems> {
        var problems: FormProblems = [:]
        let trimmed = AccountRules.trimmed(name)
        if trimmed.isEmpty {
            problems["name"] = Message("Enter a name.")
        } else if !Category.isShort(trimmed) {
            problems["name"] = Message(
                "Use at most {most} characters (200 bytes).", ["most": Category.longestName])
        } else if trimmed.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            problems["name"] = Message("A name is one line of text.")
        }
        let shade = CategoryColor(rawValue: color)
        if shade == nil { problems["color"] = Message("Choose one of the colours.") }
        guard problems.isEmpty, let shade else { return .failure(problems) }
        return .success((trimmed, shade))
    }
}

extension CategoryForm {
    init(_ fields: FormData) {
        name = fields["name"] ?? ""
        color = fields["color"] ?? ""
    }
}

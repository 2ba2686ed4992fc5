import Expenses
import HTTP
import Templating

/// A rule as it was typed.
struct RuleForm: Sendable, Equatable {
    var text = ""
    /// A category's id; empty for none.
    var category = ""
    var newDescription = ""
    var tag = ""
    var leavesOut = false
    /// From 1; empty for the last one, or for where it stands.
    var position = ""

    /// The rule, with the number of the one that it changes.
    func validated(
        as id: Rule.ID, among categories: [Category], mayDoNothing: Bool = false
    ) -> Result<Rule, FormProblems> {
        var problems: FormProblems = [:]
        var rule = Rule(id: id, text: AccountRules.trimmed(text), leavesOut: leavesOut)
        if rule.text.utf8.count > 4 * Rule.longestText || rule.text.count > Rule.longestText {
            problems["text"] = Message(
                "Use at most {most} characters ({bytes} bytes).",
                ["most": Rule.longestText, "bytes": 4 * Rule.longestText])
        } else if searchKey(rule.text).isEmpty || rule.text.contains(where: \.isNewline) {
            problems["text"] = Message("Enter a part of a description, on one line.")
        }
        if !category.isEmpty {
            rule.category = Category.ID(category).flatMap { id in categories.first { $0.id == id }?.id }
            if rule.category == nil { problems["category"] = Message("Choose one of your categories.") }
        }
        rule.newDescription = AccountRules.trimmed(newDescription)
        if !Expense.isDescription(rule.newDescription) || rule.newDescription.contains(where: \.isNewline) {
            problems["new_description"] =
                Message(
                    "Use one line of at most {most} characters (2,000 bytes).",
                    ["most": Expense.longestDescription])
        }
        if let tag = Tag.normalized(tag) {
            rule.tag = tag
        } else {
            problems["tag"] =
                Message(
                    "A tag begins with a letter, and has letters, digits, - and _, at most {most} characters.",
                    ["most": Tag.longest])
        }
        if !position.isEmpty, Int(position).map({ $0 > 0 }) != true {
            problems["position"] = Message("Enter a whole number from 1 on.")
        }
        if !mayDoNothing, problems.isEmpty, rule.category == nil, rule.newDescription.isEmpty,
            rule.tag.isEmpty,
            !rule.leavesOut
        {
            problems["category"] =
                Message("Choose what the rule does: a category, a new description, a tag, or to leave out.")
        }
        return problems.isEmpty ? .success(rule) : .failure(problems)
    }
}

extension RuleForm {
    init(_ fields: FormData) {
        text = fields["text"] ?? ""
        category = fields["category"] ?? ""
        newDescription = fields["new_description"] ?? ""
        tag = fields["tag"] ?? ""
        leavesOut = fields["leave_out"] != nil
        position = AccountRules.trimmed(fields["position"] ?? "")
    }

    init(_ rule: Rule, at position: Int) {
        self.init(
            text: rule.text, category: rule.category?.description ?? "", newDescription: rule.newDescription,
            tag: rule.tag, leavesOut: rule.leavesOut, position: String(position))
    }
}

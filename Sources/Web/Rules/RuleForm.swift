import Expenses
import HTTP

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

    /// What is wrong with each field; nil where it is right.
    struct Problems: Error, Equatable {
        var text: String?
        var category: String?
        var newDescription: String?
        var tag: String?
        var position: String?

        /// In the order of the fields.
        var list: [FieldProblem] {
            [
                ("text", text), ("category", category), ("new_description", newDescription), ("tag", tag),
                ("position", position),
            ].compactMap { field, message in message.map { FieldProblem(field: field, message: $0) } }
        }
    }

    /// The rule, with the number of the one that it changes.
    func validated(as id: Rule.ID, among categories: [Category]) -> Result<Rule, Problems> {
        var problems = Problems()
        var rule = Rule(id: id, text: AccountRules.trimmed(text), leavesOut: leavesOut)
        if rule.text.utf8.count > 4 * Rule.longestText || rule.text.count > Rule.longestText {
            problems.text = "Use at most \(Rule.longestText) characters (\(4 * Rule.longestText) bytes)."
        } else if searchKey(rule.text).isEmpty || rule.text.contains(where: \.isNewline) {
            problems.text = "Enter a part of a description, on one line."
        }
        if !category.isEmpty {
            rule.category = Category.ID(category).flatMap { id in categories.first { $0.id == id }?.id }
            if rule.category == nil { problems.category = "Choose one of your categories." }
        }
        rule.newDescription = AccountRules.trimmed(newDescription)
        if !Expense.isDescription(rule.newDescription) || rule.newDescription.contains(where: \.isNewline) {
            problems.newDescription =
                "Use one line of at most \(Expense.longestDescription) characters (2,000 bytes)."
        }
        if let tag = Tag.normalized(tag) {
            rule.tag = tag
        } else {
            problems.tag =
                "A tag begins with a letter, and has letters, digits, - and _, at most \(Tag.longest) characters."
        }
        if !position.isEmpty, Int(position).map({ $0 > 0 }) != true {
            problems.position = "Enter a whole number from 1 on."
        }
        if problems == Problems(), rule.category == nil, rule.newDescription.isEmpty, rule.tag.isEmpty,
            !rule.leavesOut
        {
            problems.category =
                "Choose what the rule does: a category, a new description, a tag, or to leave out."
        }
        return problems == Problems() ? .success(rule) : .failure(problems)
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

import Expenses
import HTTP
import Templating

/// What is to be done with expenses that are ticked, or with all that match, as its form says it.
struct SelectionForm: Sendable {
    /// Each once.
    var expenses: [Expense.ID] = []
    /// Whether all that match the filter are meant, on every page.
    var isOfAll = false
    /// The list's query.
    var filter = ""
    var action = ""
    /// The category's id.
    var moveTo = ""
    var tag = ""
    var isConfirmed = false

    /// Expenses that can be ticked together; more than those of one page are possible for scripts.
    static let most = 500
    /// More than these are named, with their total, before anything is done.
    static let mostUnconfirmed = 50

    init() {}

    init(_ fields: FormData) {
        var seen: Set<Expense.ID> = []
        expenses = fields.values("expense").compactMap { Expense.ID($0) }.filter { seen.insert($0).inserted }
        isOfAll = fields["all"] == "1"
        filter = fields["filter"] ?? ""
        action = fields["action"] ?? ""
        moveTo = fields["move_to"] ?? ""
        tag = fields["tag"] ?? ""
        isConfirmed = fields["confirm"] == "1"
    }

    func validated(among categories: [Category]) -> Result<BulkChange.Action, FormProblems> {
        var problems: FormProblems = [:]
        if !isOfAll {
            if expenses.isEmpty { problems["rows"] = Message("Tick the expenses that you mean.") }
            if expenses.count > SelectionForm.most {
                problems["rows"] = Message(
                    "Tick {count} expenses at most, or choose all that match.",
                    ["count": SelectionForm.most])
            }
        }
        var result: BulkChange.Action?
        switch action {
        case "move":
            if let category = categories.first(where: { $0.id.description == moveTo }) {
                result = .move(to: category.id)
            } else {
                problems["move_to"] = Message("Choose the category that they move to.")
            }
        case "tag", "untag":
            if let name = Tag.normalized(tag), !name.isEmpty {
                result = action == "tag" ? .tag(name) : .untag(name)
            } else {
                problems["tag"] = tag.isEmpty ? Message("Enter a tag.") : Tag.problem
            }
        case "delete": result = .delete
        default: problems["action"] = Message("Choose what to do with them.")
        }
        guard let result, problems.isEmpty else { return .failure(problems) }
        return .success(result)
    }

    /// The same form, for the page that asks whether it is meant.
    var hiddenFields: [HiddenField] {
        let chosen = isOfAll ? [("all", "1")] : expenses.map { ("expense", $0.description) }
        let others = [
            ("filter", filter), ("action", action), ("move_to", moveTo), ("tag", tag), ("confirm", "1"),
        ]
        return (chosen + others).filter { !$0.1.isEmpty }.map { HiddenField(name: $0.0, value: $0.1) }
    }
}

extension Tag {
    static var problem: Message {
        Message(
            "Use a tag of letters, digits, - and _ that begins with a letter, with {most} characters at most.",
            ["most": longest])
    }
}

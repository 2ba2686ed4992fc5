import Expenses
import HTTP
import Templating

/// A target as it was typed.
struct TargetForm: Sendable, Equatable {
    /// A category's id; empty for all.
    var category = ""
    /// Empty removes the target.
    var amount = ""
    /// `YYYY-MM`; empty for this month.
    var month = ""

    func validated(
        _ preferences: Preferences, among categories: [Category], month current: YearMonth,
        amount notation: ExpenseForm.AmountNotation = .typed
    ) -> Result<Target, FormProblems> {
        var problems: FormProblems = [:]
        let id = Category.ID(category)
        if !category.isEmpty && !categories.contains(where: { $0.id == id }) {
            problems["category"] = Message("Choose one of your categories.")
        }
        var money = Money.zero
        if !AccountRules.trimmed(amount).isEmpty {
            do throws(MoneyError) {
                switch notation {
                case .typed: money = try EnteredAmount(amount, preferences).amount
                case .decimal: money = try Money(decimal: amount, in: preferences.currency)
                }
                if money < .zero { problems["amount"] = Message("A target is more than zero.") }
            } catch {
                switch notation {
                case .typed: problems["amount"] = error.message(for: preferences)
                case .decimal:
                    problems["amount"] = Message(
                        verbatim: error.messageForPrograms(in: preferences.currency))
                }
            }
        }
        let from = month.isEmpty ? current : YearMonth(month)
        if from == nil { problems["month"] = Message("Enter a month as 2026-11, from 1900 to 2999.") }
        guard problems.isEmpty, let from else { return .failure(problems) }
        return .success(Target(category: category.isEmpty ? nil : id, month: from, amount: money))
    }
}

extension TargetForm {
    init(_ fields: FormData) {
        category = fields["category"] ?? ""
        amount = fields["amount"] ?? ""
        month = AccountRules.trimmed(fields["month"] ?? "")
    }
}

import Crypto
import Expenses
import HTTP
import Templating

/// An expense as it was typed.
struct ExpenseForm: Sendable, Equatable {
    var amount = ""
    /// A category's id; empty means the one used the last time.
    var category = ""
    /// `YYYY-MM-DD`
    var date = ""
    var description = ""
    /// Whether the amount counts as a refund without a minus: the keypad of some phones has none.
    var isRefund = false

    /// An expense whose category may still have to be found.
    struct Entry: Sendable, Equatable {
        /// Without its category, which stands in the next property.
        var draft = ExpenseDraft(
            amount: .zero, category: Category.ID(0), day: .first, description: "")
        /// Nil means the one used the last time.
        var category: Category.ID?

        func draft(in category: Category.ID) -> ExpenseDraft {
            var draft = draft
            draft.category = category
            return draft
        }
    }

    /// What is known when a form is read.
    struct Reading {
        let preferences: Preferences
        /// The user's; nil where the store is to say whether the one that is named is there.
        let categories: [Category]?
        let notation: AmountNotation
    }

    /// Tells whether a form that comes again says the same.
    var fingerprint: [UInt8] {
        var fields = FormData(ExpenseField.all.map { ($0.key, self[keyPath: $0.typed]) })
        if isRefund { fields.append("refund", "on") }
        return SHA256.hash(Array(fields.urlEncoded.utf8))
    }

    /// How the amount is written.
    enum AmountNotation {
        /// As people type it, perhaps something to calculate.
        case typed
        /// The plain decimal form of the API.
        case decimal
    }

    /// The amount with a minus where the tick says so, or it has one already.
    func signed(_ amount: Money) -> Money {
        isRefund && amount.minorUnits > 0 ? Money(minorUnits: -amount.minorUnits) : amount
    }

    func validated(
        _ preferences: Preferences, among categories: [Category]?, amount notation: AmountNotation = .typed
    ) -> Result<Entry, FormProblems> {
        let reading = Reading(preferences: preferences, categories: categories, notation: notation)
        var entry = Entry()
        var problems: FormProblems = [:]
        for field in ExpenseField.inForms {
            if let problem = field.read(self, reading, &entry) { problems[field.key] = problem }
        }
        return problems.isEmpty ? .success(entry) : .failure(problems)
    }
}

extension ExpenseForm {
    /// For scripts, which give a category by its name.
    mutating func findCategory(among categories: [Category]) {
        let key = searchKey(category)
        if let named = categories.first(where: { searchKey($0.name) == key }) {
            category = named.id.description
        }
    }

    /// - Parameter text: what was typed, by the name of a field.
    init(_ text: (String) -> String?) {
        for field in ExpenseField.all { self[keyPath: field.typed] = text(field.key) ?? "" }
    }

    init(_ fields: FormData) {
        // A button that names a category stands behind the field.
        self.init { $0 == ExpenseField.category.key ? fields.values($0).last : fields[$0] }
        isRefund = fields["refund"] == "on"
    }

    /// An expense that exists, ready to be changed.
    init(_ expense: Expense, _ preferences: Preferences) {
        for field in ExpenseField.all { self[keyPath: field.typed] = field.show(expense, preferences) }
    }
}

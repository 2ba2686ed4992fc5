import Crypto
import Expenses
import HTTP
import Templating

/// The four fields of an expense as they were typed.
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
        var amount: Money
        /// Nil means the one used the last time.
        var category: Category.ID?
        var day: Day
        var description: String
    }

    /// Tells whether a form that comes again says the same.
    var fingerprint: [UInt8] {
        var fields = FormData([
            ("amount", amount), ("category", category), ("date", date), ("description", description),
        ])
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
        _ preferences: Preferences, among categories: [Category], amount notation: AmountNotation = .typed
    ) -> Result<Entry, FormProblems> {
        var problems: FormProblems = [:]
        var money = Money.zero
        do throws(MoneyError) {
            switch notation {
            case .typed: money = signed(try EnteredAmount(amount, preferences).amount)
            case .decimal: money = try Money(decimal: amount, in: preferences.currency)
            }
        } catch {
            switch notation {
            case .typed: problems["amount"] = error.message(for: preferences)
            case .decimal:
                problems["amount"] = Message(verbatim: error.messageForPrograms(in: preferences.currency))
            }
        }
        let id = Category.ID(category)
        if !category.isEmpty && !categories.contains(where: { $0.id == id }) {
            problems["category"] = Message("Choose one of your categories.")
        }
        let day = Day(date)
        if day == nil {
            problems["date"] =
                date.isEmpty
                ? Message("Enter a date.")
                : Message("Enter a real date between 1900 and 2999.")
        }
        if !Expense.isDescription(description) {
            problems["description"] =
                Message("Use at most {most} characters (2,000 bytes).", ["most": Expense.longestDescription])
        }
        guard problems.isEmpty, let day else { return .failure(problems) }
        return .success(Entry(amount: money, category: id, day: day, description: description))
    }
}

extension ExpenseForm {
    init(_ fields: FormData) {
        amount = fields["amount"] ?? ""
        // A button that names a category stands behind the field.
        category = fields.values("category").last ?? ""
        date = fields["date"] ?? ""
        description = fields["description"] ?? ""
        isRefund = fields["refund"] == "on"
    }

    /// An expense that exists, ready to be changed.
    init(_ expense: Expense, _ preferences: Preferences) {
        amount = expense.amount.typed(preferences)
        category = expense.category.description
        date = expense.day.description
        description = expense.description
    }
}

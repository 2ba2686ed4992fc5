import Crypto
import Expenses
import HTTP
import Templating

/// An expense that repeats, as it was typed.
struct RepeatingForm: Sendable, Equatable {
    /// What each of the expenses is; its date is the first day.
    var expense = ExpenseForm()
    var every = "1"
    /// A `Repetition.Unit`.
    var unit = Repetition.Unit.month.rawValue
    /// `YYYY-MM-DD`; empty for no end.
    var until = ""
    /// A `RepeatingExpense.Past`; empty where nobody has said.
    var past = ""
    /// The number of an expense of the user's that is the first one; empty for none.
    var from = ""

    struct Entry: Sendable {
        /// Each of the expenses; its category may still have to be found.
        let expense: ExpenseForm.Entry
        let repetition: Repetition
        let past: RepeatingExpense.Past?
    }

    /// Tells whether a form that comes again says the same. What becomes of past days is no part of it.
    var fingerprint: [UInt8] {
        let fields = FormData([("every", every), ("unit", unit), ("until", until), ("from", from)])
        return SHA256.hash(expense.fingerprint + Array(fields.urlEncoded.utf8))
    }

    func validated(
        _ preferences: Preferences, among categories: [Category],
        amount notation: ExpenseForm.AmountNotation = .typed
    ) -> Result<Entry, FormProblems> {
        var problems: FormProblems = [:]
        var entry: ExpenseForm.Entry?
        switch expense.validated(preferences, among: categories, amount: notation) {
        case .success(let valid): entry = valid
        case .failure(let found):
            problems = found
            (problems["date"], problems["first"]) = (nil, found["date"])
        }
        let distance = Int(every).flatMap { Repetition.distances.contains($0) ? $0 : nil }
        if distance == nil {
            problems["every"] = Message(
                "Enter a whole number from {least} to {most}.",
                ["least": Repetition.distances.lowerBound, "most": Repetition.distances.upperBound])
        }
        let unit = Repetition.Unit(rawValue: unit)
        if unit == nil { problems["unit"] = Message("Choose days, weeks, months or years.") }
        let end = Day(until)
        if !until.isEmpty, end == nil {
            problems["until"] = Message("Enter a real date between 1900 and 2999.")
        } else if let end, let entry, end < entry.draft.day {
            problems["until"] = Message("The last day can’t be before the first one.")
        }
        let past = RepeatingExpense.Past(rawValue: past)
        if !self.past.isEmpty, past == nil {
            problems["past"] = Message("Choose whether the days that have passed are recorded or skipped.")
        }
        guard problems.isEmpty, let entry, let distance, let unit else { return .failure(problems) }
        return .success(
            Entry(
                expense: entry,
                repetition: Repetition(first: entry.draft.day, every: distance, unit: unit, until: end),
                past: past)
        )
    }
}

extension RepeatingForm {
    init(_ fields: FormData) {
        expense = ExpenseForm(fields)
        expense.date = AccountRules.trimmed(fields["first"] ?? "")
        every = AccountRules.trimmed(fields["every"] ?? "1")
        unit = fields["unit"] ?? Repetition.Unit.month.rawValue
        until = AccountRules.trimmed(fields["until"] ?? "")
        past = fields["past"] ?? ""
        from = fields["from"] ?? ""
    }

    /// One that exists, ready to be changed.
    init(_ rule: RepeatingExpense, _ preferences: Preferences) {
        expense = ExpenseForm(rule.expense(on: rule.repetition.first), preferences)
        every = String(rule.repetition.every)
        unit = rule.repetition.unit.rawValue
        until = rule.repetition.until?.description ?? ""
    }

    /// Repeats an expense as often as the form says.
    mutating func `repeat`(_ expense: Expense, _ preferences: Preferences) {
        self.expense = ExpenseForm(expense, preferences)
        from = expense.id.description
    }
}

import Expenses
import JSON
import Templating

/// A field of an expense: all that forms, the API and files know of it. A new one is an entry here, in `all`.
struct ExpenseField: Sendable {
    /// Whether a request of the API has to say it.
    enum Need { case always, unlessNew, never }

    /// In forms, in JSON, and as the column of a file.
    let name: StaticString
    let label: Message
    let need: Need
    /// What the API takes, and what it gives.
    let taken, given: JSONValue
    /// Where a form has what was typed.
    let typed: any WritableKeyPath<ExpenseForm, String> & Sendable
    /// Says how it is typed.
    let complete: @Sendable (inout FormField, EntryFields) -> Void
    /// Reads what was typed, or says what is wrong with it.
    let read: @Sendable (ExpenseForm, ExpenseForm.Reading, inout ExpenseForm.Entry) -> Message?
    /// As the form of an expense that is there shows it.
    let show: @Sendable (Expense, Preferences) -> String
    /// As the API and files have it.
    let text: @Sendable (Expense, ExpenseWriter) -> String
    /// Whether a person typed the text, so that a spreadsheet must not take it for a formula.
    let isFreeText: Bool

    var key: String { name.description }

    /// What the form of `entry` has for it.
    func field(of entry: EntryFields) -> FormField {
        var field = FormField(name: key, label: label, value: entry.typed[keyPath: typed])
        complete(&field, entry)
        return field
    }
}

extension ExpenseField {
    /// In the order of the API.
    static let all = [amount, category, date, description]
    /// What an expense that repeats has as well: its days are others each time.
    static let ofRepeating = all.filter { $0.key != date.key }
    /// Most often the date is today, and stays.
    static let inForms = ofRepeating + [date]
    static let inFiles = [date] + ofRepeating

    static let amount = ExpenseField(
        name: "amount", label: Message("Amount"), need: .always, taken: APISchemas.amount,
        given: APISchemas.amount, typed: \.amount,
        complete: { field, entry in
            field.unit = Message(verbatim: entry.currency)
            field.inputMode = "decimal"
            field.isFocused = entry.isFocused
            field.tick = Choice(
                value: "refund", label: Message("Refund"), isSelected: entry.typed.isRefund)
            field.notice = entry.describedBy
        },
        read: { form, reading, entry in
            let currency = reading.preferences.currency
            do throws(MoneyError) {
                switch reading.notation {
                case .typed:
                    entry.draft.amount = form.signed(
                        try EnteredAmount(form.amount, reading.preferences).amount)
                case .decimal: entry.draft.amount = try Money(decimal: form.amount, in: currency)
                }
                return nil
            } catch {
                return switch reading.notation {
                case .typed: error.message(for: reading.preferences)
                case .decimal: Message(verbatim: error.messageForPrograms(in: currency))
                }
            }
        },
        show: { $0.amount.typed($1) },
        text: { expense, writer in
            writer.isForSpreadsheet
                ? expense.amount.typed(writer.preferences)
                : expense.amount.decimal(in: writer.preferences.currency)
        }, isFreeText: false)

    static let category = ExpenseField(
        name: "category", label: Message("Category"), need: .unlessNew, taken: APISchemas.categoryName,
        given: APISchemas.string, typed: \.category,
        complete: { field, entry in
            field.choices = entry.categories
            guard entry.isNew else { return }
            let label =
                entry.guess.isEmpty
                ? Message("Automatic") : Message("Automatic ({guess})", ["guess": entry.guess])
            field.choices.insert(Choice(value: "", label: label), at: 0)
        },
        read: { form, reading, entry in
            entry.category = Category.ID(form.category)
            let isKnown =
                reading.categories?.contains { $0.id == entry.category } ?? (entry.category != nil)
            return isKnown || form.category.isEmpty ? nil : Message("Choose one of your categories.")
        },
        show: { expense, _ in expense.category.description },
        // The row's key refers to a category that exists, in the same snapshot.
        text: { $1.names[$0.category] ?? "" }, isFreeText: true)

    static let date = ExpenseField(
        name: "date", label: Message("Date"), need: .always, taken: APISchemas.date, given: APISchemas.date,
        typed: \.date,
        complete: { field, _ in field.kind = .date },
        read: { form, _, entry in
            guard let day = Day(form.date) else {
                return form.date.isEmpty
                    ? Message("Enter a date.") : Message("Enter a real date between 1900 and 2999.")
            }
            entry.draft.day = day
            return nil
        },
        show: { expense, _ in expense.day.description },
        text: { expense, _ in expense.day.description }, isFreeText: false)

    static let description = ExpenseField(
        name: "description", label: Message("Description"), need: .never, taken: APISchemas.description,
        given: APISchemas.string, typed: \.description,
        complete: { field, entry in
            field.unit = Message("optional")
            field.suggestions = entry.suggestions
            field.suggestions.removeAll { !Excerpt(text: $0).isWhole }
            field.isWide = true
        },
        read: { form, _, entry in
            entry.draft.description = form.description
            return Expense.isDescription(form.description)
                ? nil
                : Message(
                    "Use at most {most} characters (2,000 bytes).", ["most": Expense.longestDescription])
        },
        show: { expense, _ in expense.description },
        text: { expense, _ in expense.description }, isFreeText: true)
}

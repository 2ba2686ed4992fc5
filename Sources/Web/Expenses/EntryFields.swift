import Expenses
import Templating

/// The form of one expense, new or existing.
struct EntryFields: TemplateModel {
    /// Where it posts to.
    var action: String
    /// The one-time id of the form.
    var form: String
    /// The page to go back to; nil for the plain dashboard.
    var returnTo: FilterAddress?
    var typed: ExpenseForm
    var problems = ExpenseForm.Problems()
    /// A new expense may leave its category to what was used the last time.
    var isNew = true
    /// The category of a new expense that leaves it open and has no description that was used before.
    var guess = ""
    /// Whether the cursor starts in the amount.
    var isFocused = false
    /// The id of the notice that is spoken with the amount; empty where there is none.
    var describedBy = ""
    /// The user's categories; the one typed is selected.
    var categories: [CategoryChoice]
    /// Descriptions to choose from while typing; those that a list would cut are left out.
    var suggestions: [String]
    var currency: String
    /// Whether it was recorded by one that repeats, which can change with it.
    var isRecorded = false
    var changesRule = false

    static let fields: TemplateFields<Self> = [
        "action": .field { $0.action },
        "form": .field { $0.form },
        "returnTo": .field { $0.returnTo },
        "isNew": .field { $0.isNew },
        "guess": .field { $0.guess },
        "isFocused": .field { $0.isFocused },
        "describedBy": .field { $0.describedBy },
        "amount": .field { $0.typed.amount.forRedisplay },
        "isRefund": .field { $0.typed.isRefund },
        "date": .field { $0.typed.date.forRedisplay },
        "description": .field { $0.typed.description.forRedisplay },
        "amountProblem": .field { $0.problems.amount },
        "categoryProblem": .field { $0.problems.category },
        "dateProblem": .field { $0.problems.date },
        "descriptionProblem": .field { $0.problems.description },
        "categories": .field { $0.categories },
        "hasOtherCategories": .field { !$0.isNew && $0.categories.count > 1 },
        "suggestions": .field { $0.suggestions.filter { Excerpt(text: $0).isWhole } },
        "currency": .field { $0.currency },
        "isRecorded": .field { $0.isRecorded },
        "changesRule": .field { $0.changesRule },
    ]
}

extension ExpenseForm.Problems {
    /// In the order of the fields.
    var list: [FieldProblem] {
        [("amount", amount), ("category", category), ("date", date), ("description", description)]
            .compactMap { field, message in message.map { FieldProblem(field: field, message: $0) } }
    }
}

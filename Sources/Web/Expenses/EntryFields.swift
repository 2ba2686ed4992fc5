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
    var problems: FormProblems = [:]
    /// A new expense may leave its category to what was used the last time.
    var isNew = true
    /// The category of a new expense that leaves it open and has no description that was used before.
    var guess = ""
    /// Whether the cursor starts in the amount.
    var isFocused = false
    /// The id of the notice that is spoken with the amount; empty where there is none.
    var describedBy = ""
    /// The user's categories; the one typed is selected.
    var categories: [Choice]
    /// Descriptions to choose from while typing; those that a list would cut are left out.
    var suggestions: [String]
    var currency: String
    /// Whether it was recorded by one that repeats, which can change with it.
    var isRecorded = false
    var changesRule = false

    private var fields: [FormField] {
        ExpenseField.inForms.map { $0.field(of: self) }.telling(problems)
    }

    static let fields: TemplateFields<Self> = [
        "action": .field { $0.action },
        "form": .field { $0.form },
        "returnTo": .field { $0.returnTo },
        "isNew": .field { $0.isNew },
        "fields": .field { $0.fields },
        "categories": .field { $0.categories },
        "hasOtherCategories": .field { !$0.isNew && $0.categories.count > 1 },
        "isRecorded": .field { $0.isRecorded },
        "changesRule": .field { $0.changesRule },
    ]
}

/// What a template shows: a struct that lists its fields by the names that templates use.
///
/// ```swift
/// struct ExpenseRow: TemplateModel {
///     var id: Expense.ID
///     var description: String
///     var isRefund: Bool
///     static let fields: TemplateFields<Self> = [
///         "id": .field { $0.id },
///         "description": .field { $0.description },
///         "isRefund": .field { $0.isRefund },
///     ]
/// }
/// ```
///
/// Public for the same reason as `TemplateValue`.
public protocol TemplateModel: SendableMetatype {
    static var fields: TemplateFields<Self> { get }
}

/// An element of a list of plain texts: `{{#each names}}{{this}}{{/each}}`.
struct ListedText: TemplateModel {
    let text: String

    static let fields: TemplateFields<Self> = ["this": .field { $0.text }]
}

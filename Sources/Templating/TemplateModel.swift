/// What a template shows: a struct that lists its fields by the names that templates use.
///
/// ```swift
/// struct ExpenseRow: TemplateModel {
///     var id: Expense.ID
///     var description: String
///     var isRefund: Bool
///     static let fields: TemplateFields<Self> = [
///         "id": .value { $0.id },
///         "description": .text { $0.description },
///         "isRefund": .flag { $0.isRefund },
///     ]
/// }
/// ```
package protocol TemplateModel: SendableMetatype {
    static var fields: TemplateFields<Self> { get }
}

/// A list of plain texts: `{{#each names}}{{this}}{{/each}}`.
extension String: TemplateModel {
    package static let fields: TemplateFields<String> = ["this": .text { $0 }]
}

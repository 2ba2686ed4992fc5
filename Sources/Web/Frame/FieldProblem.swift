import Templating

/// What is wrong with one field, for the summary above a form; the field itself shows the message as well.
struct FieldProblem: TemplateModel, Hashable {
    /// The `id` of the input.
    var field: String
    /// A sentence that says what is allowed.
    var message: Message

    static let fields: TemplateFields<Self> = [
        "field": .field { $0.field },
        "message": .field { $0.message },
    ]
}

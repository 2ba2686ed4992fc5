package import Templating

/// What is wrong with a form: a message for each field that is not right, in the order in which they were found.
package struct FormProblems: Error, Sendable, Equatable, ExpressibleByDictionaryLiteral {
    private(set) var list: [FieldProblem] = []

    package init(dictionaryLiteral problems: (String, Message?)...) {
        for (field, message) in problems { self[field] = message }
    }

    package var isEmpty: Bool { list.isEmpty }

    /// By the `id` of the input, which most often is its name too; nil where the field is right, as is an empty message.
    package subscript(field: String) -> Message? {
        get { list.first { $0.field == field }?.message }
        set {
            list.removeAll { $0.field == field }
            guard let newValue, !newValue.isEmpty else { return }
            list.append(FieldProblem(field: field, message: newValue))
        }
    }
}

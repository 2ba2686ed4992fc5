import Expenses
import HTTP
import Templating

/// The dashboard's filters in the address of an API request, where nonsense is an error.
enum FilterParameters {
    static let all = FilterQuery.conditions.flatMap { $0.parameters }

    /// Reads them with the dashboard's own code, one by one, so that each error names its field.
    static func read(_ fields: FormData, among categories: [Category]) throws(Problem) -> FilterQuery {
        var errors: [FieldProblem] = []
        for field in fields.fields {
            guard let parameter = (all + [.after]).first(where: { $0.name == field.name }) else { continue }
            var ignored: [Message] = []
            let query = FilterQuery(FormData([(name: field.name, value: field.value)]), ignored: &ignored)
            let isUnknown = query.categories.contains { id in !categories.contains { $0.id == id } }
            if !ignored.isEmpty || isUnknown {
                errors.append(
                    FieldProblem(field: field.name, message: Message(verbatim: parameter.problem)))
            }
        }
        guard errors.isEmpty else { throw .invalid(errors) }
        var ignored: [Message] = []
        return FilterQuery(fields, ignored: &ignored)
    }
}

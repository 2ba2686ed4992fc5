import Expenses
import HTTP
import Templating

/// The dashboard's filters in the address of an API request, where nonsense is an error.
enum FilterParameters {
    private static let names = [
        "category", "month", "year", "from", "to", "period", "q", "tag", "after", "repeating",
    ]

    /// Reads them with the dashboard's own code, one by one, so that each error names its field.
    static func read(_ fields: FormData, among categories: [Category]) throws(Problem) -> FilterQuery {
        var errors: [FieldProblem] = []
        for field in fields.fields where names.contains(field.name) {
            var ignored: [Message] = []
            let query = FilterQuery(FormData([(name: field.name, value: field.value)]), ignored: &ignored)
            let isUnknown = query.categories.contains { id in !categories.contains { $0.id == id } }
            if !ignored.isEmpty || isUnknown {
                errors.append(
                    FieldProblem(field: field.name, message: Message(verbatim: message(field.name))))
            }
        }
        guard errors.isEmpty else { throw .invalid(errors) }
        var ignored: [Message] = []
        return FilterQuery(fields, ignored: &ignored)
    }

    private static func message(_ field: String) -> String {
        switch field {
        case "category": "This is the id of one of your categories."
        case "month": "This is a month from 1 to 12."
        case "year": "This is a year from 1900 to 2999."
        case "period":
            "This is one of " + Period.allCases.map(\.rawValue).joined(separator: ", ") + "."
        case "q": "This has at most \(Expense.longestDescription) characters."
        case "tag":
            "This is a tag: a letter, then letters, digits, - and _, at most \(Tag.longest) characters."
        case "repeating": "This is the id of a repeating expense."
        case "after": "This is the “next” of the page before."
        default: "This is a day from 1900-01-01 to 2999-12-31."
        }
    }
}

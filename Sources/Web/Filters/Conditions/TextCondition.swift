import Expenses
import HTTP
import JSON
import Templating

/// Words in the description, or the whole of one.
enum TextCondition: Condition {
    static let parameters = [
        Operation.Parameter(
            name: "q", description: "Text in the description.",
            schema: ["type": "string", "maxLength": .integer(Int64(Expense.longestDescription))],
            problem: "This has at most \(Expense.longestDescription) characters.")
    ]

    static var isSearch: Bool { true }

    static func read(_ fields: FormData, into query: inout FilterQuery, ignored: inout [Message]) {
        let isShort = { (text: String) in Expense.isDescription(text) ? text : nil }
        query.text =
            fields.read("q", isShort) { ignored.append(Message("text “{text}”", ["text": $0])) } ?? ""
    }

    static func write(_ query: FilterQuery, _ fields: inout AddressFields, to output: inout Output) {
        guard !query.text.isEmpty else { return }
        fields.begin("q=", in: &output)
        output.append(PercentEncoding.encodeQueryComponent(query.text))
    }

    static func narrow(_ filter: inout Filter, to query: FilterQuery, today: Day) {
        filter.text = query.text
    }

    static func chips(of query: FilterQuery, _ names: ConditionNames) -> [FilterChip] {
        guard !query.text.isEmpty else { return [] }
        let label = Message("“{text}”", ["text": Wording.shortened(query.text, to: 40)])
        return [FilterChip(label: label, removal: "text")]
    }

    static func remove(_ chip: String, from query: inout FilterQuery) {
        if chip == "text" { query.text = "" }
    }

    /// The text without one of its words.
    static func text(_ text: String, without word: String) -> String {
        SearchTerms(text).words.filter { $0 != word }
            .map { $0.contains(where: \.isWhitespace) ? "\"\($0)\"" : $0 }.joined(separator: " ")
    }
}

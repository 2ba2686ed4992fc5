import HTTP
import Templating

/// The value of the field `return` in the address of one expense's own page: the list to lead back to. Empty for the plain
/// dashboard.
struct ReturnField: TemplateValue {
    /// Percent-encoded.
    private let text: String

    static let none = ReturnField(text: "")
    /// Of a longer one, links of a list's rows leave it out: a page has a hundred of them.
    private static let longestInRows = 500

    static var writing: TemplateWriting { .plain }
    var isEmpty: Bool { text.isEmpty }

    private init(text: String) { self.text = text }

    init(to query: FilterQuery) {
        text = query.returnAddress.map { PercentEncoding.encodeQueryComponent($0.description) } ?? ""
    }

    init(inRowsTo query: FilterQuery) {
        let field = ReturnField(to: query)
        self = field.text.utf8.count <= ReturnField.longestInRows ? field : .none
    }

    func write(to output: inout Output) { output.append(text) }

    /// The address with it.
    func added(to address: String) -> String {
        guard !isEmpty else { return address }
        return address + (address.utf8.contains(UInt8(ascii: "?")) ? "&" : "?") + "return=" + text
    }
}

import Expenses
import Templating

/// A group of rows that are left out unless somebody wants them, with the button that ticks all.
struct ImportGroupLine: TemplateModel {
    var value: String
    /// "Money in: 2 rows, -$2,150.00"
    var text: String
    var explanation: String
    /// Whether its rows are added.
    var isAdded: Bool
    var title: String

    static let fields: TemplateFields<Self> = [
        "value": .text { $0.value },
        "text": .text { $0.text },
        "explanation": .text { $0.explanation },
        "isAdded": .flag { $0.isAdded },
        "title": .text { $0.title },
    ]
}

extension ImportGroupLine {
    /// Nil for a group without rows.
    init?(
        _ group: ImportGroup, _ preview: ImportPreview, _ selection: ImportSelection, _ wording: Wording
    ) {
        let places = preview.places(of: group)
        guard !places.isEmpty else { return nil }
        let rows = places.count == 1 ? "1 row" : "\(wording.number(places.count)) rows"
        var text = "\(ImportWords.title(group)): \(rows)"
        // Amounts of several currencies have no sum.
        if group != .otherCurrency {
            text += ", \(wording.money(places.reduce(Money.zero) { $0 + preview.rows[$1].amount }))"
        }
        self.init(
            value: group.rawValue, text: text, explanation: ImportWords.explanation(group),
            isAdded: selection.has(group), title: ImportWords.title(group).lowercased())
    }
}

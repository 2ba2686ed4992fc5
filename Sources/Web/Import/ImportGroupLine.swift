import Expenses
import Templating

/// A group of rows that are left out unless somebody wants them, with the button that ticks all.
struct ImportGroupLine: TemplateModel {
    var value: String
    /// "Money in: 2 rows, -$2,150.00"
    var text: Message
    var explanation: Message
    /// What may be put right elsewhere.
    var remedy: Link?
    /// Whether its rows are added.
    var isAdded: Bool
    var title: Message

    static let fields: TemplateFields<Self> = [
        "value": .field { $0.value },
        "text": .field { $0.text },
        "explanation": .field { $0.explanation },
        "remedy": .field { $0.remedy },
        "isAdded": .field { $0.isAdded },
        "title": .field { $0.title },
    ]
}

extension ImportGroupLine {
    /// Nil for a group without rows.
    init?(
        _ group: ImportGroup, _ preview: ImportPreview, _ selection: ImportSelection, _ wording: Wording
    ) {
        let places = preview.places(of: group)
        guard !places.isEmpty else { return nil }
        let (title, count) = (ImportWords.title(group), wording.number(places.count))
        var text = Message(
            "{group}: {count} row", plural: "{group}: {count} rows", count: places.count,
            ["group": title, "count": count])
        // Amounts of several currencies have no sum.
        if group != .otherCurrency {
            let sum = wording.money(places.reduce(Money.zero) { $0 + preview.rows[$1].amount })
            text = Message(
                "{group}: {count} row, {amount}", plural: "{group}: {count} rows, {amount}",
                count: places.count, ["group": title, "count": count, "amount": sum])
        }
        self.init(
            value: group.rawValue, text: text, explanation: ImportWords.explanation(group),
            remedy: group == .otherCurrency ? .currency(wording.preferences.currency) : nil,
            isAdded: selection.has(group), title: title)
    }
}

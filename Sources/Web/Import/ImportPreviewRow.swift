import Expenses
import Templating

/// A row of the preview.
struct ImportPreviewRow: TemplateModel {
    var line: String
    var date: String
    var amount: String
    var category: String
    var description: String
    /// What is to be known about it: "refund", "with a fee of $0.60".
    var note: Message
    var isTicked: Bool

    static let fields: TemplateFields<Self> = [
        "line": .field { $0.line },
        "date": .field { $0.date },
        "amount": .field { $0.amount },
        "category": .field { $0.category },
        "description": .field { $0.description },
        "note": .field { $0.note },
        "isTicked": .field { $0.isTicked },
    ]
}

extension ImportPreviewRow {
    init(_ row: ImportRow, _ group: ImportGroup, isTicked: Bool, category: String, _ wording: Wording) {
        var notes: [Message] = []
        if row.kind == .refund { notes.append(Message("refund")) }
        if row.fee != .zero {
            notes.append(Message("with a fee of {amount}", ["amount": wording.money(row.fee)]))
        }
        self.init(
            line: String(row.line), date: row.day.description,
            amount: row.currency.isEmpty
                ? "\(wording.money(row.amount))"
                : "\(String(showing: wording.figures(row.amount))) \(row.currency)",
            category: category, description: row.description, note: Message(list: notes),
            isTicked: isTicked)
    }
}

/// A record taken as the names of columns.
struct ImportHeader {
    private let names: [String]

    init(_ cells: [String]) {
        names = cells.map { cell in
            let words = cell.lowercased().split { !$0.isLetter && !$0.isNumber }
            return words.joined(separator: " ")
        }
    }

    /// Whether it names a date and an amount.
    var isHeader: Bool {
        let columns = columns
        return columns.date != nil && (columns.amount != nil || columns.debit != nil || columns.credit != nil)
    }

    var isOurs: Bool { names == ["date", "amount", "category", "description"] }

    var columns: ImportFormat.Columns {
        var columns = ImportFormat.Columns()
        columns.date = first(of: ImportHeader.dates)
        columns.debit = first(of: ImportHeader.debits)
        columns.credit = first(of: ImportHeader.credits)
        columns.amount = first(of: ImportHeader.amounts)
        // A single one of the pair is no pair.
        if columns.debit == nil || columns.credit == nil {
            if columns.amount == nil { columns.amount = columns.debit ?? columns.credit }
            (columns.debit, columns.credit) = (nil, nil)
        } else {
            columns.amount = nil
        }
        columns.category = first(of: [
            "sub category", "subcategory", "category", "kategorie", "catégorie", "categoria",
        ])
        columns.description = first(of: ImportHeader.descriptions)
        columns.kind = first(of: ["type", "transaction type"])
        return columns
    }

    /// The program that writes this header.
    var program: String? {
        if isOurs { return "Expense Tracker" }
        let known: [(name: String, columns: [String])] = [
            ("ExpenseOwl", ["id", "name", "category", "amount", "date", "tags"]),
            (
                "ezBookkeeping",
                ["time", "timezone", "type", "category", "sub category", "account currency", "amount"]
            ),
            ("Firefly III", ["type", "amount", "currency code", "description", "date", "source name"]),
            ("Actual", ["account", "date", "payee", "notes", "category", "amount"]),
            ("Maybe", ["date", "amount", "name", "currency", "category", "tags", "account", "notes"]),
        ]
        return known.first { $0.columns.allSatisfy(names.contains) }?.name
    }

    private func first(of synonyms: [String]) -> Int? {
        for name in synonyms { if let column = names.firstIndex(of: name) { return column } }
        return nil
    }

    private static let dates = [
        "date", "transaction date", "booking date", "posting date", "posted date", "buchungstag",
        "buchungsdatum",
        "buchung", "datum", "started date", "completed date", "value date", "time", "valutadatum",
        "wertstellung",
        "date opération", "date operation", "date de comptabilisation", "fecha",
    ]
    private static let amounts = [
        "amount", "cost", "value", "price", "sum", "betrag", "betrag eur", "betrag €", "umsatz", "montant",
        "importe",
        "amount eur", "amount gbp", "amount usd", "bedrag", "bedrag eur", "transaction amount",
    ]
    private static let debits = [
        "debit", "outflow", "money out", "paid out", "withdrawal", "withdrawals", "soll", "débit",
        "debit amount",
        "ausgang", "belastung",
    ]
    private static let credits = [
        "credit", "inflow", "money in", "paid in", "deposit", "deposits", "haben", "crédit", "credit amount",
        "eingang",
        "gutschrift",
    ]
    private static let descriptions = [
        "description", "payee", "merchant", "name", "title", "narration", "beguenstigter zahlungspflichtiger",
        "name zahlungsbeteiligter", "zahlungsempfänger in", "auftraggeber empfänger", "empfänger",
        "buchungstext",
        "verwendungszweck", "libellé", "libelle", "naam omschrijving", "counter party",
        "transaction description",
        "memo", "details", "reference", "concepto", "destination name", "notes", "comment",
    ]
}

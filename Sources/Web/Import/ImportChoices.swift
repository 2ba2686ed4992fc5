import Expenses
import HTTP

/// What the user says about a file, in the query of its preview and in the form that adds it. What is absent, or makes
/// no sense, is detected.
struct ImportChoices: Sendable {
    private let fields: FormData

    init(_ fields: FormData) { self.fields = fields }

    /// The columns of a preview belong to its division into lines and columns: with another one they mean nothing.
    private func isAsShown(_ format: ImportFormat) -> Bool { fields["shown_as"] == Self.division(of: format) }

    static func division(of format: ImportFormat) -> String {
        "\(format.encoding.rawValue) \(format.delimiter) \(format.skipped)"
    }

    /// Detects what is not chosen.
    func detection(of file: [UInt8], _ preferences: Preferences) -> ImportDetection {
        let header: Bool? =
            switch fields["header"] {
            case "yes": true
            case "no": false
            default: nil
            }
        let delimiter = fields["delimiter"].flatMap { UInt8($0) }.flatMap { byte in
            ImportFormat.delimiters.contains { $0.byte == byte } ? byte : nil
        }
        var detection = ImportDetection(
            of: file, encoding: fields["encoding"].flatMap { TextEncoding(rawValue: $0) },
            delimiter: delimiter,
            hasHeader: header, currency: preferences.currency)
        guard isAsShown(detection.format) else { return detection }
        let chosen = "as you chose"
        if let order = fields["order"].flatMap({ DateOrder(rawValue: $0) }), order != detection.format.order {
            (detection.format.order, detection.orderReason) = (order, chosen)
        }
        if let mark = fields["mark"].flatMap({ DecimalMark(rawValue: $0) }), mark != detection.format.mark {
            (detection.format.mark, detection.markReason) = (mark, chosen)
        }
        if let sign = fields["sign"].flatMap({ ImportFormat.Sign(rawValue: $0) }),
            sign != detection.format.sign
        {
            (detection.format.sign, detection.signReason) = (sign, chosen)
        }
        for column in ImportColumn.all {
            guard let text = fields[column.name] else { continue }
            let place = Int(text)
            guard text.isEmpty || place.map(detection.headings.indices.contains) == true else { continue }
            detection.format.columns[keyPath: column.path] = place
        }
        return detection
    }
}

/// A column that the user can choose.
struct ImportColumn: Sendable {
    let name: String
    let label: String
    let path: any WritableKeyPath<ImportFormat.Columns, Int?> & Sendable

    static let all = [
        ImportColumn(name: "date", label: "Date", path: \.date),
        ImportColumn(name: "amount", label: "Amount", path: \.amount),
        ImportColumn(name: "debit", label: "Money out", path: \.debit),
        ImportColumn(name: "credit", label: "Money in", path: \.credit),
        ImportColumn(name: "category", label: "Category", path: \.category),
        ImportColumn(name: "description", label: "Description", path: \.description),
    ]
}

import Expenses
import HTTP
import Templating

/// Something that can be said about the reading of a file: all that forms, the API and what is remembered know of it. A new one
/// is an entry here, in `all`.
struct ImportChoice: Sendable {
    /// In forms, in addresses, and in what is remembered.
    let name: String
    let label: Message
    /// For the API.
    let description: String
    /// The values with their words; nil for a column, which is named by its number from 1, or `none`.
    var values: [Choice]?
    /// What was said; nil for nothing.
    let read: @Sendable (ImportChoices) -> String?
    /// Takes what was said; what makes no sense is left to what the file shows.
    let write: @Sendable (inout ImportChoices, String) -> Void
    /// What the file shows; nil where nothing else would make sense.
    let found: @Sendable (ImportReading) -> String?
}

extension ImportChoice {
    static let all =
        [encoding, delimiter, header, dateOrder, decimalMark, sign]
        + ImportChoices.Column.allCases.map { column($0) }

    static let encodings = TextEncoding.allCases.map {
        Choice(value: $0.rawValue, label: ImportWords.name($0))
    }
    static let orders = DateOrder.allCases.map { Choice(value: $0.rawValue, label: ImportWords.order($0)) }
    static let marks = DecimalMark.allCases.map { Choice(value: $0.rawValue, label: ImportWords.mark($0)) }
    static let signs = [
        Choice(value: AmountSign.spendingPositive.rawValue, label: Message("positive")),
        Choice(value: AmountSign.spendingNegative.rawValue, label: Message("negative")),
    ]

    private static let encoding = ImportChoice(
        name: "encoding", label: Message("Text", context: "encoding of a file"),
        description: "How bytes stand for text.", values: encodings, read: { $0.encoding?.rawValue },
        write: { $0.encoding = TextEncoding(rawValue: $1) }, found: { $0.text.encoding.rawValue })

    private static let delimiter = ImportChoice(
        name: "delimiter", label: Message("Between columns"),
        description: "The byte between columns, as a number.",
        values: ImportText.delimiters.map {
            Choice(value: String($0), label: ImportWords.name(delimiter: $0))
        },
        read: { $0.delimiter.map { String($0) } },
        write: { choices, text in
            choices.delimiter = UInt8(text).flatMap { ImportText.delimiters.contains($0) ? $0 : nil }
        },
        found: { String($0.text.delimiter) })

    private static let header = ImportChoice(
        name: "header", label: Message("Names of columns"),
        description: "Whether a line names the columns.",
        values: [
            Choice(value: "yes", label: Message("in a line above")),
            Choice(value: "no", label: Message("none")),
        ],
        read: { $0.hasHeader.map { $0 ? "yes" : "no" } },
        write: { $0.hasHeader = ["yes": true, "no": false][$1] },
        found: { $0.roles.headerLine == nil ? "no" : "yes" })

    private static let dateOrder = ImportChoice(
        name: "date_order", label: Message("Dates"), description: "The order of day, month and year.",
        values: orders, read: { $0.dateOrder?.rawValue },
        write: { $0.dateOrder = DateOrder(rawValue: $1) },
        found: { $0.isOwnExport ? nil : $0.roles.dateOrder.rawValue })

    private static let decimalMark = ImportChoice(
        name: "decimal_mark", label: Message("Decimals after"), description: "The mark before decimals.",
        values: marks, read: { $0.decimalMark?.rawValue },
        write: { $0.decimalMark = DecimalMark(rawValue: $1) },
        found: { $0.isOwnExport ? nil : $0.roles.mark.rawValue })

    private static let sign = ImportChoice(
        name: "sign", label: Message("Spending is"), description: "The sign of spending.", values: signs,
        read: { $0.sign?.rawValue }, write: { $0.sign = AmountSign(rawValue: $1) },
        found: { reading in
            guard !reading.isOwnExport, case .signed = reading.roles.amounts else { return nil }
            return reading.roles.sign.rawValue
        })

    private static func column(_ column: ImportChoices.Column) -> ImportChoice {
        ImportChoice(
            name: column.rawValue, label: ImportWords.name(column),
            description: "The number of a column, from 1; none: the file has none.",
            read: { $0.columns[column].map { $0.map { String($0 + 1) } ?? "none" } },
            write: { choices, text in
                if text == "none" {
                    choices.columns[column] = .some(nil)
                } else if let number = Int(text), (1...CSVReader.maxCells).contains(number) {
                    choices.columns[column] = number - 1
                }
            },
            found: { reading in
                reading.isOwnExport ? nil : reading.roles.place(of: column).map { String($0 + 1) } ?? "none"
            })
    }

    /// A select with what the file shows chosen, unless `choices` say something else.
    func field(_ reading: ImportReading, _ choices: ImportChoices) -> FormField? {
        guard let found = found(reading) else { return nil }
        let (chosen, columns) = (read(choices), reading.roles.titles.indices)
        let values =
            values
            ?? [Choice(value: "none", label: Message("none"))]
            + columns.map {
                Choice(value: String($0 + 1), label: ImportWords.name(of: $0, reading.roles))
            }
        var shown = values.map { value in
            var value = value
            value.isSelected = value.value == chosen
            // What was found has no value, so that it is found again and not taken for a choice.
            if chosen == nil, value.value == found { (value.value, value.isSelected) = ("", true) }
            return value
        }
        if chosen != nil { shown.insert(Choice(value: "", label: Message("as the file shows it")), at: 0) }
        return FormField(name: name, label: label, choices: shown)
    }
}

// What is said about the reading of a file, as fields of a form or of a query.
extension ImportChoices {
    init(_ field: (String) -> String?) {
        self.init()
        for choice in ImportChoice.all {
            if let text = field(choice.name) { choice.write(&self, text) }
        }
    }

    /// What the initializer reads.
    var fields: FormData {
        FormData(ImportChoice.all.compactMap { choice in choice.read(self).map { (choice.name, $0) } })
    }
}

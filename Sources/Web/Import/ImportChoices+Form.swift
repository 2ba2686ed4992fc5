import Expenses
import HTTP

// What is said about the reading of a file, as fields of a form or of a query.
extension ImportChoices {
    /// What makes no sense is left to what the file shows.
    init(_ field: (String) -> String?) {
        self.init()
        encoding = field("encoding").flatMap { TextEncoding(rawValue: $0) }
        delimiter = field("delimiter").flatMap { UInt8($0) }.flatMap { byte in
            ImportText.delimiters.contains(byte) ? byte : nil
        }
        hasHeader = field("header").flatMap { ["yes": true, "no": false][$0] }
        dateOrder = field("date_order").flatMap { DateOrder(rawValue: $0) }
        decimalMark = field("decimal_mark").flatMap { DecimalMark(rawValue: $0) }
        sign = field("sign").flatMap { AmountSign(rawValue: $0) }
        for column in Column.allCases {
            switch field(column.rawValue) {
            case nil, "": break
            case "none": columns[column] = .some(nil)
            case let text?:
                if let number = Int(text), (1...CSVReader.maxCells).contains(number) {
                    columns[column] = number - 1
                }
            }
        }
    }

    /// What the initializer reads.
    var fields: FormData {
        let values: [(String, String?)] =
            [
                ("encoding", encoding?.rawValue), ("delimiter", delimiter.map { String($0) }),
                ("header", hasHeader.map { $0 ? "yes" : "no" }), ("date_order", dateOrder?.rawValue),
                ("decimal_mark", decimalMark?.rawValue), ("sign", sign?.rawValue),
            ]
            + Column.allCases.map { column in
                (column.rawValue, columns[column].map { $0.map { String($0 + 1) } ?? "none" })
            }
        return FormData(values.compactMap { name, value in value.map { (name, $0) } })
    }

    /// The value of a field; nil where nothing was said.
    func value(of field: String) -> String? { fields[field] }
}

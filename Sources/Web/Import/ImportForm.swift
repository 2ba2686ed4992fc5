import Expenses
import HTTP

/// What the user says about a file: in the form of its preview, and in the query of the API. What is absent, or makes no
/// sense, is as the file shows it.
struct ImportForm: Sendable {
    private let fields: FormData

    init(_ fields: FormData) { self.fields = fields }

    enum Step: Equatable {
        case add
        /// Shows the preview again, as it is now.
        case show
        case tick(ImportGroup)
        case untick(ImportGroup)
        /// Gives the categories that were typed to the other rows of the same payees.
        case spread
    }

    var step: Step {
        if let group = fields["tick"].flatMap({ ImportGroup(rawValue: $0) }) { return .tick(group) }
        if let group = fields["untick"].flatMap({ ImportGroup(rawValue: $0) }) { return .untick(group) }
        switch fields["step"] {
        case "add": return .add
        case "spread": return .spread
        default: return .show
        }
    }

    /// From 1.
    var page: Int { max(fields["page"].flatMap { Int($0) } ?? fields["on_page"].flatMap { Int($0) } ?? 1, 1) }

    /// The columns that were chosen belong to the division into lines and columns under which they were shown: with
    /// another one they mean nothing.
    func choices(for file: [UInt8], _ preferences: Preferences) -> ImportChoices {
        var choices = divisionChoices
        if let shown = fields["shown_as"] {
            let division = ImportDivision(of: file, preferences, choices: choices)
            guard shown == division.description else { return choices }
        }
        choices.dateOrder = fields["date_order"].flatMap { DateOrder(rawValue: $0) }
        choices.decimalMark = fields["decimal_mark"].flatMap { DecimalMark(rawValue: $0) }
        choices.sign = fields["sign"].flatMap { AmountSign(rawValue: $0) }
        for column in ImportChoices.Column.allCases {
            switch fields[column.rawValue] {
            case nil, "": break
            case "none": choices.columns[column] = .some(nil)
            case let text?:
                if let number = Int(text), (1...CSVReader.maxCells).contains(number) {
                    choices.columns[column] = number - 1
                }
            }
        }
        return choices
    }

    private var divisionChoices: ImportChoices {
        var choices = ImportChoices()
        choices.encoding = fields["encoding"].flatMap { TextEncoding(rawValue: $0) }
        choices.delimiter = fields["delimiter"].flatMap { UInt8($0) }.flatMap { byte in
            ImportText.delimiters.contains(byte) ? byte : nil
        }
        switch fields["header"] {
        case "yes": choices.hasHeader = true
        case "no": choices.hasHeader = false
        default: break
        }
        return choices
    }

    /// The rows that are ticked, on this page and on others.
    func selection(in preview: ImportPreview) -> ImportSelection {
        guard fields["shown"] != nil else { return ImportSelection() }
        var selection = ImportSelection(
            groups: Set(fields.values("group").compactMap { ImportGroup(rawValue: $0) }),
            exceptions: LineList(fields["exceptions"] ?? "").lines)
        let shown = LineList(fields["shown"] ?? "").lines
        let ticked = Set(fields.values("row").compactMap { Int($0) })
        for (row, group) in zip(preview.rows, preview.groups) where shown.contains(row.line) {
            selection.set(row, of: group, to: ticked.contains(row.line))
        }
        switch step {
        case .tick(let group): selection.set(group, to: true, in: preview)
        case .untick(let group): selection.set(group, to: false, in: preview)
        case .add, .show, .spread: break
        }
        return selection
    }

    /// The categories that were typed, by line: those shown on other pages before, and those of this page where they are
    /// others than what was shown.
    func categories() -> [Int: String] {
        var categories: [Int: String] = [:]
        for text in (fields["categories"] ?? "").split(whereSeparator: \.isNewline) {
            let parts = text.split(separator: "\t", maxSplits: 1)
            guard parts.count == 2 else { continue }
            for line in LineList(String(parts[0])).lines { categories[line] = String(parts[1]) }
        }
        for line in LineList(fields["shown"] ?? "").lines {
            guard let typed = fields["category-\(line)"] else { continue }
            let name = AccountRules.trimmed(typed)
            if typed != fields["was-\(line)"] { categories[line] = name.isEmpty ? nil : name }
        }
        return categories
    }

    /// What `categories()` reads: a line for each name, with the lines of its rows before it.
    static func text(of categories: [Int: String]) -> String {
        var lines: [String: Set<Int>] = [:]
        for (line, name) in categories { lines[name, default: []].insert(line) }
        return lines.sorted { $0.key < $1.key }.map { "\(LineList($0.value).text)\t\($0.key)" }.joined(
            separator: "\n")
    }

    /// What the rows without a category get.
    var fallback: String? { fields["fallback"].flatMap { $0.isEmpty ? nil : $0 } }

    /// What was chosen about the reading, as the query of an address; empty for nothing.
    var query: String {
        let names = ["shown_as"] + ImportAPI.parameters.map(\.name)
        let known = FormData(names.compactMap { name in chosen(name).map { (name, $0) } })
        return known.fields.count > 1 ? "?" + known.urlEncoded : ""
    }

    /// What was chosen in a field; nil for nothing.
    func chosen(_ name: String) -> String? { fields[name].flatMap { $0.isEmpty ? nil : $0 } }
}

/// Numbers of lines, written shortly: `3 7-12`.
struct LineList {
    private(set) var lines: Set<Int> = []
    /// Of one list; more than a file has.
    private static let most = 1_000_000

    init(_ lines: Set<Int>) { self.lines = lines }

    init(_ text: String) {
        for part in text.split(separator: " ") {
            let ends = part.split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last, first <= last,
                last - first < Self.most - lines.count
            else { continue }
            lines.formUnion(first...last)
        }
    }

    var text: String {
        var runs: [ClosedRange<Int>] = []
        for line in lines.sorted() {
            if let last = runs.last, last.upperBound == line - 1 {
                runs[runs.count - 1] = last.lowerBound...line
            } else {
                runs.append(line...line)
            }
        }
        return runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: " ")
    }
}

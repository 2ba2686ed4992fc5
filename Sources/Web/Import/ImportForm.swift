import Expenses
import HTTP

/// What the user says about a file: in the form of its preview, and in the query of the API. What is absent, or makes no
/// sense, is as the file shows it. What is taken from the form costs no more than its bytes and the file's rows, whatever
/// it says.
struct ImportForm: Sendable {
    private let fields: [String: [String]]

    init(_ form: FormData) {
        fields = Dictionary(grouping: form.fields, by: \.name).mapValues { $0.map(\.value) }
    }

    enum Step: Equatable {
        case add
        /// Shows the preview again, as it is now.
        case show
        case tick(ImportGroup)
        case untick(ImportGroup)
        /// Gives the categories that were typed to the other rows of the same payees.
        case spread
        /// The same, and makes rules of them for later.
        case makeRules
    }

    var step: Step {
        if let group = self["tick"].flatMap({ ImportGroup(rawValue: $0) }) { return .tick(group) }
        if let group = self["untick"].flatMap({ ImportGroup(rawValue: $0) }) { return .untick(group) }
        switch self["step"] {
        case "add": return .add
        case "spread": return .spread
        case "rules": return .makeRules
        default: return .show
        }
    }

    /// From 1.
    var page: Int { max(self["page"].flatMap { Int($0) } ?? self["on_page"].flatMap { Int($0) } ?? 1, 1) }

    /// What was chosen about the reading.
    var choices: ImportChoices { ImportChoices { self[$0] } }

    /// The division into lines and columns that the chosen columns belong to. Nil where no preview has been shown yet:
    /// then they belong to any, and where nothing is chosen either, the file is read as an earlier one like it.
    var division: String? { self["shown_as"] }

    /// The rows that are ticked, on this page and on others: as they were when the page was shown, and as they are now.
    func selections(in preview: ImportPreview) -> (shown: ImportSelection, now: ImportSelection) {
        var groups: [ImportGroup: Bool] = [:]
        for group in values("with").compactMap({ ImportGroup(rawValue: $0) }) { groups[group] = true }
        for group in values("without").compactMap({ ImportGroup(rawValue: $0) }) { groups[group] = false }
        let before = ImportSelection(
            groups: groups, ticked: lines("ticked", in: preview), unticked: lines("unticked", in: preview))
        var now = before
        // What stands as it was shown says nothing: only what has been changed is the user's.
        let (shown, wereTicked) = (lines("shown", in: preview), ranges("were_ticked"))
        let ticks = Set(values("row").compactMap { Int($0) })
        for line in shown where ticks.contains(line) != wereTicked.contains(line) {
            now.set(line, to: ticks.contains(line))
        }
        switch step {
        case .tick(let group): now.set(group, to: true, in: preview)
        case .untick(let group): now.set(group, to: false, in: preview)
        case .add, .show, .spread, .makeRules: break
        }
        return (before, now)
    }

    /// Whether the rows that the page has shown as ticked are these; true for a form that says nothing of it.
    func hasShown(_ selection: ImportSelection, of preview: ImportPreview) -> Bool {
        self["as_shown"].map { $0 == ImportForm.asShown(selection, of: preview) } ?? true
    }

    static func asShown(_ selection: ImportSelection, of preview: ImportPreview) -> String {
        String(preview.fingerprint(of: selection.places(in: preview)), radix: 16)
    }

    /// The categories that were typed, by line: those shown on other pages before, and those of this page where they are
    /// others than what was shown.
    func categories(of rows: [ImportRow]) -> [Int: String] {
        var named: [(lines: ClosedRange<Int>, name: Substring)] = []
        for (lines, name) in pairs("categories") {
            for range in LineRanges(lines).ranges { named.append((range, name)) }
        }
        named.sort { $0.lines.lowerBound < $1.lines.lowerBound }
        let shown = ranges("shown")
        var categories: [Int: String] = [:]
        var next = named.startIndex
        // Both in the order of lines.
        for row in rows {
            while next < named.endIndex, named[next].lines.upperBound < row.line { next += 1 }
            if next < named.endIndex, named[next].lines.contains(row.line) {
                categories[row.line] = String(named[next].name)
            }
            if shown.contains(row.line), let typed = self["category-\(row.line)"],
                typed != self["was-\(row.line)"]
            {
                let name = AccountRules.trimmed(typed)
                categories[row.line] = name.isEmpty ? nil : name
            }
        }
        return categories
    }

    /// What `categories(of:)` reads: a line for each name, with the lines of its rows before it.
    static func text(of categories: [Int: String]) -> String {
        Dictionary(grouping: categories.keys) { categories[$0] ?? "" }.sorted { $0.key < $1.key }
            .map { "\(LineRanges($0.value))\t\($0.key)" }.joined(separator: "\n")
    }

    /// The categories that were given to all rows of a payee, by `ImportReading.payeeKey`.
    var payees: [String: String] {
        Dictionary(pairs("payees").map { (String($0), String($1)) }) { _, last in last }
    }

    /// What `payees` reads.
    static func text(of payees: [String: String]) -> String {
        payees.sorted { $0.key < $1.key }.map { "\($0.key)\t\($0.value)" }.joined(separator: "\n")
    }

    /// What the rows without a category get; nil for nothing.
    var fallback: String? {
        self["fallback"].map { AccountRules.trimmed($0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The lines of text in a field, each divided by its first tab.
    private func pairs(_ name: String) -> [(Substring, Substring)] {
        (self[name] ?? "").split(whereSeparator: \.isNewline).compactMap { text in
            let parts = text.split(separator: "\t", maxSplits: 1)
            return parts.count == 2 ? (parts[0], parts[1]) : nil
        }
    }

    private func ranges(_ name: String) -> LineRanges { LineRanges(self[name] ?? "") }

    private func lines(_ name: String, in preview: ImportPreview) -> Set<Int> {
        let ranges = ranges(name)
        guard !ranges.ranges.isEmpty else { return [] }
        return Set(preview.rows.lazy.map(\.line).filter { ranges.contains($0) })
    }

    private subscript(name: String) -> String? { fields[name]?.first }
    private func values(_ name: String) -> [String] { fields[name] ?? [] }
}

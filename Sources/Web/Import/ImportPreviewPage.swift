import Expenses
import Storage
import Templating

/// What was found in a file, before it is added.
struct ImportPreviewPage: TemplateModel {
    var frame: Frame
    var form: String
    var action: String
    /// "From Firefly III: 120 rows."
    var summary: String
    var guesses: [ImportGuess]
    /// What the guesses of columns belong to.
    var division: String
    var newCategories: String
    var rows: [ImportPreviewRow]
    /// The places of the rows shown, separated by blanks.
    var shown: String
    /// What becomes of rows that are not shown.
    var more: String
    var errors: [ImportErrorRow]
    /// "3 lines cannot be read and are left out."
    var errorSummary: String
    var errorsAddress: String
    var problem = ""

    static let fields: TemplateFields<Self> = [
        "frame": .record { $0.frame },
        "form": .text { $0.form },
        "action": .text { $0.action },
        "summary": .text { $0.summary },
        "guesses": .list { $0.guesses },
        "division": .text { $0.division },
        "newCategories": .text { $0.newCategories },
        "rows": .list { $0.rows },
        "shown": .text { $0.shown },
        "more": .text { $0.more },
        "errors": .list { $0.errors },
        "errorSummary": .text { $0.errorSummary },
        "errorsAddress": .text { $0.errorsAddress },
        "problems": .list {
            $0.problem.isEmpty ? [] : [FieldProblem(field: "rows", message: $0.problem)]
        },
    ]
}

extension ImportPreviewPage {
    /// How many lines with errors the page lists; the file of errors has more.
    private static let mostErrors = 20

    init(
        _ contents: FileImport.Contents, _ id: UploadedFile.ID, query: String, categories: [Category],
        _ visit: UserVisit, form: String
    ) {
        let wording = Wording(preferences: visit.preferences, today: visit.today)
        let (detection, reading, preview) = (contents.detection, contents.reading, contents.preview)
        frame = visit.frame("Check the import", section: .expenses)
        self.form = form
        action = "/expenses/import/\(id)"
        errorsAddress = "\(action)/errors.csv" + (query.isEmpty ? "" : "?\(query)")
        let rowCount = preview.rows.count == 1 ? "1 row" : "\(wording.number(preview.rows.count)) rows"
        summary =
            detection.program.map { "An export of \($0) with \(rowCount)." } ?? "A file with \(rowCount)."
        if reading.isCut {
            summary +=
                " Only the first \(wording.number(ImportReading.mostRows)) are read; divide the file for more."
        }
        division = ImportChoices.division(of: detection.format)
        guesses = ImportPreviewPage.guesses(detection)
        newCategories = FileImport.newCategories(preview.rows, besides: categories).prefix(
            FileImport.mostNewCategories
        ).joined(separator: ", ")
        let places = preview.shown
        rows = places.map { ImportPreviewRow(preview, at: $0, wording) }
        shown = places.map { String($0) }.joined(separator: " ")
        let doubles = places.count { preview.doubles[$0] != nil }
        let (hiddenDoubles, hidden) = (preview.doubles.count - doubles, preview.rows.count - places.count)
        more = ""
        if hidden > hiddenDoubles {
            more += "\(wording.number(hidden - hiddenDoubles)) more rows are not shown and will be added. "
        }
        if hiddenDoubles > 0 {
            more += "\(wording.number(hiddenDoubles)) more likely doubles are not shown and will be left out."
        }
        errors = reading.problems.prefix(Self.mostErrors).map { ImportErrorRow($0) }
        errorSummary =
            switch reading.problemCount {
            case 0: ""
            case 1: "1 line cannot be read and is left out"
            default: "\(wording.number(reading.problemCount)) lines cannot be read and are left out"
            }
    }

    private static func guesses(_ detection: ImportDetection) -> [ImportGuess] {
        let format = detection.format
        var guesses = [
            ImportGuess(
                name: "encoding", label: "Text", reason: detection.encodingReason,
                choices: TextEncoding.allCases.map {
                    let name = $0 == .utf16BigEndian ? "UTF-16, high byte first" : $0.name
                    return Choice(value: $0.rawValue, label: name, isSelected: $0 == format.encoding)
                }),
            ImportGuess(
                name: "delimiter", label: "Between columns", reason: detection.delimiterReason,
                choices: ImportFormat.delimiters.map {
                    Choice(value: String($0.byte), label: $0.name, isSelected: $0.byte == format.delimiter)
                }),
            ImportGuess(
                name: "header", label: "Names of columns", reason: detection.headerReason,
                choices: [
                    Choice(value: "yes", label: "in a line above", isSelected: format.skipped > 0),
                    Choice(value: "no", label: "none", isSelected: format.skipped == 0),
                ]),
            ImportGuess(
                name: "order", label: "Dates", reason: detection.orderReason,
                choices: DateOrder.allCases.map {
                    Choice(value: $0.rawValue, label: $0.name, isSelected: $0 == format.order)
                }),
            ImportGuess(
                name: "mark", label: "Decimals after", reason: detection.markReason,
                choices: DecimalMark.allCases.map {
                    Choice(value: $0.rawValue, label: $0.name, isSelected: $0 == format.mark)
                }),
            ImportGuess(
                name: "sign", label: "Spending is", reason: detection.signReason,
                choices: ImportFormat.Sign.allCases.map {
                    Choice(value: $0.rawValue, label: $0.rawValue, isSelected: $0 == format.sign)
                }),
        ]
        for column in ImportColumn.all {
            let place = format.columns[keyPath: column.path]
            let columns = detection.headings.enumerated().map { index, heading in
                Choice(
                    value: String(index),
                    label: heading.isEmpty ? "Column \(index + 1)" : Wording.shortened(heading),
                    isSelected: index == place)
            }
            guesses.append(
                ImportGuess(
                    name: column.name, label: column.label,
                    choices: [Choice(value: "", label: "none", isSelected: place == nil)] + columns))
        }
        return guesses
    }
}

/// A guess that can be changed, with why it was made.
struct ImportGuess: TemplateModel {
    var name: String
    var label: String
    var reason = ""
    var choices: [Choice]

    static let fields: TemplateFields<Self> = [
        "name": .text { $0.name },
        "label": .text { $0.label },
        "reason": .text { $0.reason },
        "choices": .list { $0.choices },
        "value": .text { $0.choices.first { $0.isSelected }?.value ?? "" },
    ]
}

/// A row of the preview.
struct ImportPreviewRow: TemplateModel {
    var index: String
    var line: String
    var date: String
    var amount: ShownMoney
    var category: String
    var description: String
    /// Empty where it is no likely double.
    var double: String

    static let fields: TemplateFields<Self> = [
        "index": .text { $0.index },
        "line": .text { $0.line },
        "date": .text { $0.date },
        "amount": .value { $0.amount },
        "category": .text { $0.category },
        "description": .text { $0.description },
        "double": .text { $0.double },
        "isTicked": .flag { $0.double.isEmpty },
    ]
}

extension ImportPreviewRow {
    fileprivate init(_ preview: ImportPreview, at index: Int, _ wording: Wording) {
        let row = preview.rows[index]
        let double =
            switch preview.doubles[index] {
            case .line(let line): "like line \(line)"
            case .expense: "you have it already"
            case nil: ""
            }
        self.init(
            index: String(index), line: String(row.line), date: row.day.description,
            amount: wording.money(row.amount),
            category: row.category.isEmpty ? FileImport.fallback : row.category,
            description: row.description, double: double)
    }
}

import Expenses
import HTTP
import Storage
import Templating

/// What was found in a file, before it is added.
struct ImportPreviewPage: FramedPage {
    var frame: Frame
    var form: String
    var action: String
    /// "Add 3 expenses, $125.20", "Add what is ticked"
    var add: Message
    /// Empty where there are rows.
    var emptiness: Message
    var questions: [ImportQuestionFields]
    var groups: [ImportGroupLine]
    var sections: [ImportSection]
    var pages: [Choice]
    var newCategories: String
    var categories: [Choice]
    var fallback: String
    /// What goes from page to page.
    var hidden: [HiddenField]
    var leftOut: [LeftOutRow]
    /// "3 lines are left out"
    var leftOutSummary: Message
    var leftOutAddress: String
    /// "Read as: semicolons, day.month.year …"
    var reading: Message
    /// Whether it is read as an earlier file with the same headings was.
    var isRemembered: Bool
    var guesses: [FormField]
    var problem = Message.empty

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "form": .field { $0.form },
        "action": .field { $0.action },
        "add": .field { $0.add },
        "emptiness": .field { $0.emptiness },
        "questions": .field { $0.questions },
        "groups": .field { $0.groups },
        "sections": .field { $0.sections },
        "pages": .field { $0.pages },
        "newCategories": .field { $0.newCategories },
        "categories": .field { $0.categories },
        "fallback": .field { $0.fallback },
        "hidden": .field { $0.hidden },
        "lines": .field { $0.leftOut },
        "leftOutSummary": .field { $0.leftOutSummary },
        "leftOutAddress": .field { $0.leftOutAddress },
        "reading": .field { $0.reading },
        "isRemembered": .field { $0.isRemembered },
        "guesses": .field { $0.guesses },
        "isOpen": .field { !$0.questions.isEmpty || !$0.emptiness.isEmpty },
        "problems": .field {
            $0.problem.isEmpty
                ? [] : [FieldProblem(field: $0.questions.isEmpty ? "rows" : "questions", message: $0.problem)]
        },
    ]
}

extension ImportPreviewPage {
    /// How many lines that are left out the page lists; the file of them has all.
    static let maxLines = 20
    /// How many new categories it names.
    private static let maxNewCategories = 100
    /// Rows on a page. Each has three fields of the thousand that a form may have.
    private static let rowsOnPage = 100

    /// Takes as long as the file has rows, so not on an event loop.
    init(
        _ contents: FileImport.Contents, _ id: UploadedFile.ID, _ form: ImportForm, _ visit: UserVisit,
        stamp: String
    ) {
        let wording = visit.wording
        let (reading, preview) = (contents.reading, contents.preview)
        let selection = form.selections(in: preview).now
        let categories = ImportCategories(form, contents, in: visit.visit.translation)
        frame = visit.frame(Message("Check the import"), section: .expenses)
        self.form = stamp
        action = "/expenses/import/\(id)"

        let places = selection.places(in: preview)
        let total = places.reduce(Money.zero) { $0 + preview.rows[$1].amount }
        add =
            places.isEmpty
            ? Message("Add what is ticked")
            : Message(
                "Add {expenses}, {amount}",
                ["expenses": wording.expenses(places.count), "amount": wording.money(total)])
        emptiness = ImportWords.nothingFound(reading) ?? .empty
        questions = reading.questions.map { ImportQuestionFields($0, reading) }
        groups = ImportGroup.allCases.filter { $0 != .expenses }.compactMap {
            ImportGroupLine($0, preview, selection, wording)
        }
        let names = places.map { categories.name(of: preview.rows[$0]) }
        newCategories = FileImport.newCategories(names, besides: contents.categories)
            .prefix(Self.maxNewCategories).joined(separator: ", ")

        let ordered = ImportGroup.allCases.flatMap { preview.places(of: $0) }
        let pageCount = max((ordered.count + Self.rowsOnPage - 1) / Self.rowsOnPage, 1)
        let page = min(form.page, pageCount)
        let shown = Array(ordered.dropFirst((page - 1) * Self.rowsOnPage).prefix(Self.rowsOnPage))
        sections = ImportGroup.allCases.compactMap { group in
            let shown = shown.filter { preview.groups[$0] == group }
            guard !shown.isEmpty else { return nil }
            return ImportSection(
                group: group.rawValue, title: ImportWords.title(group),
                rows: shown.map {
                    ImportPreviewRow(
                        preview.rows[$0], group, isTicked: selection.has(preview.rows[$0], of: group),
                        category: categories.name(of: preview.rows[$0]), wording)
                })
        }
        pages =
            pageCount == 1
            ? []
            : ImportPreviewPage.near(page, of: pageCount).map {
                Choice(
                    value: String($0), label: Message("Page {number}", ["number": $0]), isSelected: $0 == page
                )
            }
        self.categories = contents.categories.map {
            Choice(value: $0.name, label: Message(verbatim: $0.name))
        }
        fallback = categories.fallback
        func lines(_ rows: [ImportPreviewRow]) -> String {
            LineRanges(rows.compactMap { Int($0.line) }).description
        }
        let rows = sections.flatMap(\.rows)
        let fields =
            [
                ("shown_as", ImportDivision(of: reading).description),
                ("as_shown", ImportForm.asShown(selection, of: preview)), ("shown", lines(rows)),
                ("were_ticked", lines(rows.filter(\.isTicked))),
                ("ticked", LineRanges(selection.ticked).description),
                ("unticked", LineRanges(selection.unticked).description),
                ("categories", ImportForm.text(of: categories.typed)),
                ("payees", ImportForm.text(of: categories.payees)), ("on_page", String(page)),
            ]
            + ImportGroup.allCases.compactMap { group in
                selection.groups[group].map { ($0 ? "with" : "without", group.rawValue) }
            }
        hidden = fields.map { HiddenField(name: $0.0, value: $0.1) }

        leftOut = reading.leftOut.prefix(Self.maxLines).map { LeftOutRow($0, visit.preferences) }
        leftOutSummary =
            reading.leftOut.isEmpty
            ? .empty
            : Message(
                "{count} line is left out", plural: "{count} lines are left out",
                count: reading.leftOut.count,
                ["count": wording.number(reading.leftOut.count)])
        var chosen = contents.choices.fields
        if !chosen.fields.isEmpty { chosen.append("shown_as", ImportDivision(of: reading).description) }
        leftOutAddress = "\(action)/errors.csv" + (chosen.fields.isEmpty ? "" : "?" + chosen.urlEncoded)
        self.reading = ImportPreviewPage.summary(reading)
        isRemembered = contents.isRemembered
        // All that is not asked above the rows.
        let asked = reading.isOwnExport ? [] : Set(reading.questions.map(\.rawValue))
        guesses = ImportChoice.all.filter { !asked.contains($0.name) }
            .compactMap { $0.field(reading, contents.choices) }
    }

    /// The first pages, the last, and those around the one that is shown.
    private static func near(_ page: Int, of count: Int) -> [Int] {
        (1...count).filter { $0 == 1 || $0 == count || abs($0 - page) < 3 }
    }

    /// "comma between columns, UTF-8, dates as day, month, year …"
    private static func summary(_ reading: ImportReading) -> Message {
        guard !reading.isOwnExport else { return Message("Read as a download of this app.") }
        let roles = reading.roles
        var parts = [
            Message(
                "{delimiter} between columns",
                ["delimiter": ImportWords.name(delimiter: reading.text.delimiter)]),
            Message("dates as {order}", ["order": ImportWords.order(roles.dateOrder)]),
        ]
        let names = roles.amounts.map { amounts in
            Message(list: amounts.columns.map { ImportWords.name(of: $0, roles) })
        }
        if let names { parts.append(Message("amounts from {names}", ["names": names])) }
        if let text = roles.texts.first {
            parts.append(Message("descriptions from {name}", ["name": ImportWords.name(of: text, roles)]))
        }
        return Message("Read as: {list}.", ["list": Message(list: parts, separator: Message.semicolon)])
    }
}

/// The rows of a group on one page.
struct ImportSection: TemplateModel {
    var group: String
    var title: Message
    var rows: [ImportPreviewRow]

    static let fields: TemplateFields<Self> = [
        "group": .field { $0.group },
        "title": .field { $0.title },
        "rows": .field { $0.rows },
    ]
}

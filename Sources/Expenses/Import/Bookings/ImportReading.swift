/// All bookings of a file.
package struct ImportReading: Sendable {
    /// A file may have that many rows, those that are left out among them; one that has more is not read.
    package static let mostRows = 200_000

    /// The file has more rows than `mostRows`.
    package struct TooManyRows: Error {}

    package let text: ImportText
    package let roles: ImportRoles
    /// Whether this is the program's own download: every row is what it was, and nothing is asked.
    package let isOwnExport: Bool
    package private(set) var rows: [ImportRow] = []
    package private(set) var leftOut: [LeftOutLine] = []
    package private(set) var questions: [ImportQuestion]
    /// The first date that may be read in two ways; empty where there is none.
    package let openDate: String

    package init(
        of file: [UInt8], _ preferences: Preferences, choices: ImportChoices = ImportChoices()
    ) throws(TooManyRows) {
        text = ImportText(
            of: file, encoding: choices.encoding, delimiter: choices.delimiter, currency: preferences.currency
        )
        let table = ImportTable(text, hasHeader: choices.hasHeader)
        isOwnExport =
            table.header?.cells == ["date", "amount", "category", "description"] && table.header?.line == 1
        var roles =
            isOwnExport ? ImportRoles.ownExport : RoleDetection(table, choices, preferences.currency).roles
        let order = DateOrderEvidence(text, roles)
        openDate = order.example
        if !isOwnExport {
            roles.dateOrder = choices.dateOrder ?? order.order(preferences.currency)
            if choices.dateOrder == nil, !order.isSure, !roles.isSerial { roles.questions.append(.dateOrder) }
        }
        self.roles = roles
        questions = (text.isEncodingSure ? [] : [.encoding]) + roles.questions
        let width = table.titles.count
        var reader = BookingReader(roles, width, isOwnExport: isOwnExport, preferences.currency)
        var records = text.records()
        while let record = records.next() {
            guard record.line > roles.headerLine ?? 0, !record.isBlank else { continue }
            guard rows.count + leftOut.count < Self.mostRows else { throw TooManyRows() }
            switch reader.read(record) {
            case .row(let row): rows.append(row)
            case .continued(let text):
                if let last = rows.indices.last {
                    rows[last].description = reader.joined(rows[last].description, text)
                }
            case .leftOut(let line): leftOut.append(line)
            case .nothing: break
            }
        }
        if !isOwnExport { findRefunds() }
        if rows.isEmpty { questions.removeAll { $0 == .dateOrder || $0 == .sign || $0 == .decimalMark } }
    }

    /// Money in is a refund where its payee has spending in the file.
    private mutating func findRefunds() {
        findRefunds(
            payees: Set(
                rows.lazy.filter { $0.kind == .spending }.map { ImportReading.payeeKey($0.description) }))
    }

    /// Money in is a refund where the account has spending with its payee, by `payeeKey`.
    package mutating func findRefunds(payees: Set<String>) {
        for index in rows.indices where rows[index].kind == .moneyIn && !rows[index].isEarned {
            let key = ImportReading.payeeKey(rows[index].description)
            if !key.isEmpty, payees.contains(key) { rows[index].kind = .refund }
        }
    }

    /// A payee as far as descriptions tell: without case, accents, digits and marks.
    package static func payeeKey(_ description: String) -> String {
        Vocabulary.words(of: description).filter { !$0.contains(where: \.isNumber) }.joined(separator: " ")
    }
}

/// In which order day, month and year stand, by the dates of the whole file.
struct DateOrderEvidence {
    private var counts: [DateOrder: Int] = [:]
    /// Dates that may be read either way, as two different days.
    private var open = 0
    private(set) var example = ""
    private var hasSlash = false
    /// Steps from one open date to the next that go the same way in time, by the order in which they are read.
    private var rising: [DateOrder: Int] = [:]
    private var falling: [DateOrder: Int] = [:]

    init(_ text: ImportText, _ roles: ImportRoles) {
        guard let column = roles.date, !roles.isSerial else { return }
        var records = text.records()
        var last: ImportedDate?
        while let record = records.next() {
            guard record.line > roles.headerLine ?? 0, let date = ImportedDate(record.cell(column)) else {
                continue
            }
            if let order = date.order {
                counts[order, default: 0] += 1
            } else if !date.readsEitherWay {
                open += 1
                if example.isEmpty { example = String(record.cell(column).prefix(40)) }
                if record.cell(column).contains("/") { hasSlash = true }
            }
            if let last {
                for order in [DateOrder.dayFirst, .monthFirst] {
                    guard let before = last.day(in: order), let day = date.day(in: order) else { continue }
                    if before < day { rising[order, default: 0] += 1 }
                    if before > day { falling[order, default: 0] += 1 }
                }
            }
            last = date
        }
    }

    /// Whether no date may be read in two ways, or others show how.
    var isSure: Bool {
        let (day, month) = (counts[.dayFirst] ?? 0, counts[.monthFirst] ?? 0)
        return min(day, month) == 0 && (open == 0 || day + month > 0)
    }

    func order(_ currency: Currency) -> DateOrder {
        let (day, month) = (counts[.dayFirst] ?? 0, counts[.monthFirst] ?? 0)
        if day != month { return day > month ? .dayFirst : .monthFirst }
        if open == 0, day == 0, (counts[.yearFirst] ?? 0) > 0 { return .yearFirst }
        // Files go up or down in time: the order in which there are fewer turns is the likelier one.
        func turns(_ order: DateOrder) -> Int { min(rising[order] ?? 0, falling[order] ?? 0) }
        if turns(.dayFirst) != turns(.monthFirst) {
            return turns(.dayFirst) < turns(.monthFirst) ? .dayFirst : .monthFirst
        }
        return hasSlash && currency.code == "USD" ? .monthFirst : .dayFirst
    }
}

extension ImportRoles {
    /// Those of the program's own download.
    static var ownExport: ImportRoles {
        var roles = ImportRoles()
        roles.titles = ["date", "amount", "category", "description"]
        roles.headerLine = 1
        roles.date = 0
        roles.amounts = .signed(1)
        roles.category = 2
        roles.texts = [3]
        roles.dateOrder = .yearFirst
        return roles
    }
}

/// All bookings of a file.
package struct ImportReading: Sendable {
    /// A file may have that many rows, those that are left out among them; one that has more is not read.
    package static let maxRows = 200_000

    /// The file has more rows than `maxRows`.
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
    /// The orders in which that date may be read; empty where none is open.
    package let openDateOrders: [DateOrder]

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
        openDateOrders = order.openOrders
        if !isOwnExport {
            roles.dateOrder = choices.dateOrder ?? order.order(preferences.currency)
            if choices.dateOrder == nil, !order.isSure, !roles.isSerial { roles.questions.append(.dateOrder) }
        }
        self.roles = roles
        questions = (text.isEncodingSure ? [] : [.encoding]) + roles.questions
        let width = table.titles.count
        var reader = BookingReader(roles, width, text, isOwnExport: isOwnExport, preferences.currency)
        var records = text.records()
        while let record = records.next() {
            guard !record.isBlank else { continue }
            guard rows.count + leftOut.count < Self.maxRows else { throw TooManyRows() }
            switch reader.read(record) {
            case .row(let row): rows.append(row)
            case .continued(let text):
                if let last = rows.indices.last {
                    rows[last].description = reader.joined(rows[last].description, text)
                    rows[last].original = reader.joined(rows[last].original, text)
                }
            case .leftOut(let line): leftOut.append(line)
            case .nothing: break
            }
        }
        if !isOwnExport {
            findTotals()
            findRefunds()
        }
        if rows.isEmpty { questions.removeAll { $0 == .dateOrder || $0 == .sign || $0 == .decimalMark } }
    }

    /// A row with the name of a sum that a shop has too is a sum where it is no spending, or comes to what other rows do.
    private mutating func findTotals() {
        guard rows.contains(where: \.isNamedTotal) else { return }
        var sums: [Int64] = [0, 0, 0]
        for row in rows where !row.isNamedTotal {
            let kinds: [Bool] = [row.kind == .spending, row.kind.isAddedByDefault, row.kind != .balance]
            for place in sums.indices where kinds[place] { sums[place] &+= row.amount.minorUnits }
        }
        for index in rows.indices where rows[index].isNamedTotal {
            let isSum = sums.contains { $0.magnitude == rows[index].amount.minorUnits.magnitude }
            if isSum || rows[index].kind != .spending { rows[index].kind = .balance }
        }
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

    /// Gives every row what the first rule that fits it says; of our own download, nothing.
    package mutating func apply(_ rules: Rules, _ categories: [Category]) {
        guard !rules.isEmpty, !isOwnExport else { return }
        let names = categories.names
        for index in rows.indices {
            guard let rule = rules.first(for: rows[index].description) else { continue }
            if let name = rule.category.flatMap({ names[$0] }) { rows[index].category = name }
            rows[index].description = rule.description(of: rows[index].description)
            rows[index].isLeftOutByRule = rule.leavesOut
        }
    }

    /// A payee as far as descriptions tell: without case, accents, digits and marks.
    package static func payeeKey(_ description: String) -> String {
        Vocabulary.words(of: description).filter { !$0.contains(where: \.isNumber) }.joined(separator: " ")
    }
}

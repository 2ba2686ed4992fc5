/// Gives each column a role, by its heading and by what its cells hold together: of all ways to read the amounts, the one
/// with the fewest contradictions.
struct RoleDetection {
    private let table: ImportTable
    private let columns: [Column]
    private let choices: ImportChoices
    private let currency: Currency
    private(set) var roles = ImportRoles()
    private var hasRunningBalance = false

    /// A way to read the amounts.
    private struct Candidate {
        let amounts: ImportRoles.Amounts
        var score: Double
        /// Money in positive, in millionths; nil in rows without an amount.
        let values: [Int64?]
        /// The column of balances that it explains, and whether money in makes them grow.
        var balance: (column: Int, grows: Bool)?
    }

    /// Readings whose scores lie as close are asked about.
    private static let margin = 3.0

    init(_ table: ImportTable, _ choices: ImportChoices, _ currency: Currency) {
        self.table = table
        self.choices = choices
        self.currency = currency
        columns = table.titles.indices.map { Column($0, table, currency) }
        roles.titles = table.titles
        roles.headerLine = table.header?.line
        findDate()
        findAmounts()
        findCategories()
        findStatusAndKinds()
        findTexts()
        findSign()
    }

    // MARK: Dates

    private mutating func findDate() {
        if let chosen = choices.columns[.date] {
            roles.date = chosen
        } else {
            roles.date =
                columns.filter { $0.dated > 0.3 && !$0.isDateOfSomethingElse }.max {
                    score(date: $0) < score(date: $1)
                }?.index
            // A count of days looks like any number, so the heading has to say what it is.
            if roles.date == nil {
                roles.date =
                    columns.first { column in
                        column[.date] > 0 && column.filled > 0.5
                            && column.cells.allSatisfy { $0.isEmpty || ImportedDate.day(serial: $0) != nil }
                    }?.index
                roles.isSerial = roles.date != nil
            }
        }
        guard let date = roles.date, date < columns.count else {
            roles.questions.append(.date)
            return
        }
        if columns[date].dated == 0 {
            roles.isSerial = columns[date].cells.contains { ImportedDate.day(serial: $0) != nil }
        }
    }

    private func score(date column: Column) -> Double {
        let heading = column[.date] == 0 ? 0 : column[.valueDate] > 0 ? 2.0 : 4.0
        // The first of several that are as good.
        return heading + column.dated * 8 - Double(column.index) / 1000
    }

    // MARK: Amounts

    private mutating func findAmounts() {
        let numeric = columns.filter { $0.isNumeric && $0.index != roles.date && $0.dated < 0.5 }
        var candidates = self.candidates(among: numeric)
        for index in candidates.indices { check(&candidates[index], against: numeric) }
        // What another reading explains as its balance is no amount.
        for index in candidates.indices {
            let own = candidates[index].amounts.columns
            if candidates.contains(where: { other in
                other.balance.map { own.contains($0.column) } == true && candidates[index].balance == nil
            }) {
                candidates[index].score -= 15
            }
        }
        guard let best = candidates.max(by: { $0.score < $1.score }) else {
            roles.questions.append(.amount)
            return
        }
        roles.amounts = best.amounts
        hasRunningBalance = best.balance != nil
        roles.balance = best.balance?.column ?? columns.first { $0[.balance] >= 6 && $0.isNumeric }?.index
        findMark()
        findCurrency(best.amounts, numeric)
        findFee(best, numeric)
        findUsualSigns(best.amounts)
        if choices.columns[.amount] == nil, choices.columns[.moneyOut] == nil,
            candidates.contains(where: {
                $0.score > best.score - Self.margin && differ($0.values, best.values)
            })
        {
            roles.questions.append(.amount)
        }
        if case .pair(let out, let into) = best.amounts, columns[out][.moneyOut] == 0,
            columns[into][.moneyIn] == 0,
            best.balance == nil, choices.columns[.moneyOut] == nil
        {
            orient(out, into, best.values)
        }
        if best.balance?.grows == false { roles.sign = .spendingPositive }
    }

    /// Tells the two columns of a pair without names apart: by a minus, or by words of income beside the amounts.
    private mutating func orient(_ first: Int, _ second: Int, _ values: [Int64?]) {
        func negative(_ index: Int) -> Bool { columns[index].numbers.contains { $0?.isNegative == true } }
        var votes = (negative(first) ? 1 : 0) - (negative(second) ? 1 : 0)
        for (row, value) in zip(table.rows, values) where value != nil {
            let words = row.cells.flatMap { Vocabulary.words(of: $0) }
            if BookingWords.income.isIn(words) { votes += (value ?? 0) > 0 ? 1 : -1 }
        }
        if votes == 0 { roles.questions.append(.direction) }
        if votes < 0 { roles.amounts = .pair(out: second, in: first) }
    }

    /// Whether two readings give different amounts to a row, whatever their sign.
    private func differ(_ left: [Int64?], _ right: [Int64?]) -> Bool {
        zip(left, right).contains { left, right in
            guard let left, let right, left != 0, right != 0 else { return false }
            return left.magnitude != right.magnitude
        }
    }

    private func candidates(among numeric: [Column]) -> [Candidate] {
        if case .some(.some(let out)) = choices.columns[.moneyOut],
            case .some(.some(let into)) = choices.columns[.moneyIn],
            choices.columns[.amount]?.flatMap(\.self) == nil
        {
            return [candidate(.pair(out: out, in: into))]
        }
        if case .some(.some(let amount)) = choices.columns[.amount] {
            let directions = self.directions(besides: amount)
            return directions.isEmpty
                ? [candidate(.signed(amount))] : directions.map { candidate(.directed(amount, by: $0)) }
        }
        var found: [Candidate] = []
        for column in numeric {
            found.append(candidate(.signed(column.index)))
            for direction in directions(besides: column.index) {
                found.append(candidate(.directed(column.index, by: direction)))
            }
        }
        for out in numeric {
            for into in numeric where into.index != out.index {
                let isNamed = out[.moneyOut] > 0 && into[.moneyIn] > 0
                let isUnnamed = out.heading.isEmpty && into.heading.isEmpty || !table.isHeaderKnown
                guard isNamed || isUnnamed && out.index < into.index,
                    isComplementary(out, into, isNamed: isNamed)
                else { continue }
                found.append(candidate(.pair(out: out.index, in: into.index)))
                if !isNamed { found.append(candidate(.pair(out: into.index, in: out.index))) }
            }
        }
        if case .some(.some(let chosen)) = choices.columns[.moneyOut] {
            let chosenPairs = found.filter {
                if case .pair(let out, _) = $0.amounts { out == chosen } else { false }
            }
            if !chosenPairs.isEmpty { return chosenPairs }
        }
        return found
    }

    /// Whether hardly any row has an amount in both columns.
    private func isComplementary(_ out: Column, _ into: Column, isNamed: Bool) -> Bool {
        let isFilled = zip(out.numbers, into.numbers).map {
            ($0.map { !$0.isZero } ?? false, $1.map { !$0.isZero } ?? false)
        }
        let both = isFilled.count { $0.0 && $0.1 }
        let one = isFilled.count { $0.0 != $0.1 }
        return isNamed
            ? both * 10 <= one
            : both == 0 && one * 10 >= isFilled.count * 9
                && isFilled.contains { $0.0 } && isFilled.contains { $0.1 }
    }

    /// The columns that say of each row whether it is money in.
    private func directions(besides amount: Int) -> [Int] {
        if let chosen = choices.columns[.direction] { return chosen.map { [$0] } ?? [] }
        return columns.filter { column in
            guard column.index != amount, column.index != roles.date, column.distinct <= 4,
                column.distinct > 0
            else {
                return false
            }
            guard let directions = BookingDirection.directions(of: Set(column.cells.filter { !$0.isEmpty }))
            else {
                return false
            }
            let known = Set(directions.values)
            // Empty cells are the other way.
            return known.count > 1 || (column.filled < 1 && column.filled > 0) || column[.direction] > 0
        }.map(\.index)
    }

    private func candidate(_ amounts: ImportRoles.Amounts) -> Candidate {
        switch amounts {
        case .signed(let index):
            return Candidate(
                amounts: amounts, score: score(amount: columns[index]), values: values(of: index))
        case .directed(let index, let direction):
            let directions = directions(in: columns[direction])
            let values = zip(values(of: index), columns[direction].cells).map { value, cell in
                value.map { directions[cell] == .out ? -abs($0) : abs($0) }
            }
            return Candidate(amounts: amounts, score: score(amount: columns[index]) + 4, values: values)
        case .pair(let out, let into):
            let values = zip(values(of: out), values(of: into)).map { out, into -> Int64? in
                if let out, out != 0 { return -abs(out) }
                return into.map { abs($0) }
            }
            let filled = Double(values.count { $0 != nil && $0 != 0 }) / Double(max(values.count, 1))
            var score = 7 + filled * 6 + Double(columns[out][.moneyOut] + columns[into][.moneyIn]) / 4
            score -= (foreignness(columns[out]) + foreignness(columns[into])) / 2
            return Candidate(amounts: amounts, score: score, values: values)
        }
    }

    private func values(of index: Int) -> [Int64?] {
        let mark = columns[index].mark.mark?.mark ?? fileMark.mark
        return columns[index].numbers.map { number in
            number.flatMap { number in
                number.millionths(mark: mark).map { value in
                    number.isCredit == nil ? value : number.isCredit == true ? abs(value) : -abs(value)
                }
            }
        }
    }

    private func score(amount column: Column) -> Double {
        var score = column.numeric * 6
        score += Double(max(column[.amount], (column[.moneyOut] + column[.moneyIn]) / 3)) * 0.8
        for role in [ColumnRole.balance, .fee, .other] where column[role] > 0 && column[.amount] < 10 {
            score -= 2 * Double(column[role])
        }
        if column.isRowNumber || column.isIdentifier { score -= 15 }
        if !column.mark.isEmpty { score += 2 }
        if column.numbers.contains(where: { $0?.isSigned == true }) { score += 1 }
        if column.isConstant, column.cells.count > 2 { score -= 3 }
        if column.numbers.allSatisfy({ $0?.isZero ?? true }) { score -= 8 }
        return score - foreignness(column)
    }

    /// How little a column's amounts are those that were booked in the account's currency.
    private func foreignness(_ column: Column) -> Double {
        var points = Double(column[.original]) * 0.5
        let priced = self.priced(column)
        if let currency = priced.currency, currency != self.currency { points += 3 }
        if let place = priced.currencyColumn, let currencies = columns[place].currencies() {
            let known = currencies.compactMap(\.self)
            if !known.isEmpty {
                points += 8 * Double(known.count { $0 != currency }) / Double(known.count) - 1
            }
        } else if priced.currency == self.currency {
            points -= 1
        }
        return points
    }

    /// Finds out whether a column is the running balance of these amounts.
    private func check(_ candidate: inout Candidate, against numeric: [Column]) {
        for column in numeric
        where !candidate.amounts.columns.contains(column.index) && column.numeric > 0.4 && !column.isRowNumber
        {
            let balances = values(of: column.index)
            var (fits, pairs) = ([0, 0, 0, 0], 0)
            for row in 0..<max(balances.count - 1, 0) {
                guard let here = balances[row], let next = balances[row + 1] else { continue }
                pairs += 1
                let (upward, downward) = (candidate.values[row], candidate.values[row + 1])
                if let upward, upward != 0 {
                    if here - next == upward { fits[0] += 1 }
                    if here - next == -upward { fits[1] += 1 }
                }
                if let downward, downward != 0 {
                    if next - here == downward { fits[2] += 1 }
                    if next - here == -downward { fits[3] += 1 }
                }
            }
            guard let most = fits.max(), most > 0, most * 10 >= pairs * 6, pairs > 1 || column[.balance] > 0,
                let way = fits.firstIndex(of: most)
            else { continue }
            candidate.balance = (column.index, way % 2 == 0)
            candidate.score += (way % 2 == 0 ? 12 : 8) * Double(most) / Double(pairs)
            return
        }
    }

    /// The mark in the numbers of all columns that may be amounts.
    private var fileMark: (mark: DecimalMark, isSure: Bool) {
        var all = MarkEvidence([], currency)
        for column in columns where column.isNumeric && column[.other] == 0 && column.dated < 0.5 {
            all = all + column.mark
        }
        return all.mark ?? (.point, true)
    }

    private mutating func findMark() {
        if let chosen = choices.decimalMark {
            roles.mark = chosen
            return
        }
        var evidence = MarkEvidence([], currency)
        for column in roles.amounts?.columns ?? [] { evidence = evidence + columns[column].mark }
        if let (mark, isSure) = evidence.mark, isSure {
            roles.mark = mark
        } else {
            let file = fileMark
            roles.mark = evidence.point + evidence.comma > 0 ? evidence.mark?.mark ?? file.mark : file.mark
            let isSure = evidence.isEmpty || (evidence.point + evidence.comma == 0 && file.isSure)
            if !isSure { roles.questions.append(.decimalMark) }
        }
    }

    // MARK: Currencies and fees

    private func priced(_ column: Column) -> ImportRoles.Priced {
        let named =
            column.heading.lazy.compactMap { word in
                word.count == 3 || word.hasPrefix("euro")
                    || word.unicodeScalars.contains { $0.value > 0x2E80 }
                    ? CurrencyName.find(Substring(word))?.0 : nil
            }.first ?? (table.titles[column.index].contains("€") ? Currency(code: "EUR") : nil)
        if let named { return .init(column: column.index, currencyColumn: nil, currency: named) }
        let candidates = columns.filter {
            $0.index != column.index && $0.currencies() != nil
                && ($0[.currency] > 0 || $0.heading.isEmpty || !table.isHeaderKnown)
        }
        func telling(_ heading: [String]) -> Set<String> {
            Set(
                heading.filter {
                    ColumnRole.currency.weight(of: [$0]) == 0 && ColumnRole.amount.weight(of: [$0]) == 0
                })
        }
        let own = telling(column.heading)
        let best = candidates.max { left, right in
            func rank(_ other: Column) -> (Int, Int, Int) {
                let words = telling(other.heading)
                let common = words.intersection(own).count * 2 - words.symmetricDifference(own).count
                let distance = other.index - column.index
                return (common, distance == 1 ? 2 : distance == -1 ? 1 : 0, -abs(distance))
            }
            return rank(left) < rank(right)
        }
        return .init(column: column.index, currencyColumn: best?.index, currency: nil)
    }

    private mutating func findCurrency(_ amounts: ImportRoles.Amounts, _ numeric: [Column]) {
        let places = amounts.columns
        roles.booked = priced(columns[places[0]])
        roles.others = numeric.filter { column in
            !places.contains(column.index) && !column.isIdentifier && column[.balance] == 0
                && column[.fee] == 0
                && column[.other] == 0 && column.index != roles.balance
                && (column[.amount] > 0 || column[.currency] > 0 || priced(column).currency == currency)
        }.map { priced($0) }.filter { $0.currency != nil || $0.currencyColumn != nil }
    }

    /// A fee belongs to its row, unless the balance shows that the amount has it in it.
    private mutating func findFee(_ best: Candidate, _ numeric: [Column]) {
        guard best.balance == nil,
            let fee = numeric.first(where: { column in
                column[.fee] > 0 && column[.other] == 0 && !best.amounts.columns.contains(column.index)
                    && column.numbers.contains { $0.map { !$0.isZero } ?? false }
            })
        else { return }
        let isNet = best.amounts.columns.contains { index in
            columns[index].heading.contains { ["net", "netto", "total", "netto"].contains($0) }
        }
        if !isNet { roles.fee = fee.index }
    }

    /// Where all or most amounts of a column, or of a direction, have a minus, it says no more than the column does.
    private mutating func findUsualSigns(_ amounts: ImportRoles.Amounts) {
        func isUsuallyNegative(_ values: [Int64]) -> Bool {
            let negative = values.count { $0 < 0 }
            return negative * 2 > values.count
        }
        switch amounts {
        case .signed: break
        case .pair(let out, let into):
            for index in [out, into]
            where isUsuallyNegative(values(of: index).compactMap(\.self).filter { $0 != 0 }) {
                roles.negativeColumns.insert(index)
            }
        case .directed(let index, let direction):
            roles.directions = directions(in: columns[direction])
            var values: [String: [Int64]] = [:]
            for (number, cell) in zip(columns[index].numbers, columns[direction].cells) {
                guard let number else { continue }
                values[cell, default: []].append(number.isNegative ? -1 : 1)
            }
            for (cell, values) in values where isUsuallyNegative(values) {
                roles.negativeDirections.insert(cell)
            }
        }
    }

    /// What each text in a column of directions says; what is empty is the other way.
    private func directions(in column: Column) -> [String: BookingDirection] {
        var directions = BookingDirection.directions(of: Set(column.cells.filter { !$0.isEmpty })) ?? [:]
        directions[""] = directions.values.contains(.out) ? .into : .out
        return directions
    }

    // MARK: What else there is

    private var taken: Set<Int> {
        var taken = Set(roles.amounts?.columns ?? [])
        if let date = roles.date { taken.insert(date) }
        if let balance = roles.balance { taken.insert(balance) }
        if let fee = roles.fee { taken.insert(fee) }
        return taken
    }

    private mutating func findCategories() {
        if let chosen = choices.columns[.category] {
            roles.category = chosen
            return
        }
        let named = columns.filter {
            $0[.category] > 0 && !$0.isNumeric && $0.filled > 0 && !taken.contains($0.index)
                && !$0.heading.contains("group")
                && !$0.heading.contains("split")
        }
        roles.category = named.filter { $0[.subcategory] == 0 }.max { $0[.category] < $1[.category] }?.index
        roles.subcategory = named.first { $0[.subcategory] > 0 }?.index
    }

    private mutating func findStatusAndKinds() {
        for column in columns
        where !taken.contains(column.index) && column.index != roles.category && !column.isNumeric {
            if column[.status] > 0 || column.isStatus {
                roles.statuses.append(column.index)
            } else if column[.kind] > 0, column.distinct > 0 {
                roles.kinds.append(column.index)
            }
        }
        if case .directed(_, let direction) = roles.amounts, !roles.kinds.contains(direction) {
            roles.kinds.append(direction)
        }
        roles.hasTrackerKinds = roles.kinds.contains { index in
            let words = Set(columns[index].cells.map { Vocabulary.words(of: $0).joined(separator: " ") })
            return !words.isDisjoint(with: [
                "expense", "income", "ausgabe", "einnahme", "depense", "gasto", "withdrawal",
            ])
        }
        roles.account =
            columns.first { column in
                column[.other] > 0
                    && column.heading.contains { $0.hasPrefix("account") || $0 == "konto" || $0 == "wallet" }
                    && column.letters > 2 && !column.isCode
            }?.index
    }

    private mutating func findTexts() {
        let excluded = taken.union(roles.statuses).union(
            [roles.category, roles.subcategory, roles.account].compactMap(\.self))
        var ranked: [(rank: Double, index: Int)] = []
        for column in columns where !excluded.contains(column.index) {
            guard column.letters > 1.5, !column.isCode, column.dated < 0.5, column.currencies() == nil,
                !column.isNumeric
            else {
                continue
            }
            ranked.append((rank(text: column), column.index))
        }
        roles.texts = ranked.sorted { ($0.rank, -Double($0.index)) > ($1.rank, -Double($1.index)) }.map(
            \.index)
        roles.senders = roles.texts.filter {
            columns[$0].heading.contains(where: Self.senders.has)
                && !columns[$0].heading.contains(where: Self.recipients.has)
        }
        roles.recipients = roles.texts.filter {
            columns[$0].heading.contains(where: Self.recipients.has)
                && !columns[$0].heading.contains(where: Self.senders.has)
        }
        if case .some(let chosen) = choices.columns[.text] {
            roles.texts = chosen.map { chosen in [chosen] + roles.texts.filter { $0 != chosen } } ?? []
        }
    }

    private func rank(text column: Column) -> Double {
        var rank =
            column[.payee] > 0
            ? 20.0 + Double(column[.payee]) / 2
            : column[.purpose] > 0 ? 10.0 + Double(column[.purpose]) / 2 : 0
        if roles.kinds.contains(column.index), column[.payee] == 0 { rank -= column[.purpose] > 0 ? 6 : 12 }
        // A purpose that many rows lack is what goes with another text.
        if column[.payee] == 0 { rank -= 10 * (1 - column.filled) }
        if column[.category] > 0 { rank -= 30 }
        // The holder's own name is the same in each row.
        if column.isConstant, column.cells.count(where: { !$0.isEmpty }) > 2 { rank -= 25 }
        if column[.original] > 0 { rank -= 4 }
        if column.heading.contains(where: { $0.hasPrefix("refer") }) { rank -= 3 }
        // Small letters alone are a program's idea of the text, which stands elsewhere as it was.
        if column.letters > 0, column.cells.allSatisfy({ $0 == $0.lowercased() }),
            !column.cells.allSatisfy({ $0 == $0.uppercased() })
        {
            rank -= 12
        }
        if column[.other] > 0, column[.payee] == 0 { rank -= 14 }
        if column[.other] > 0, column.heading.contains(where: Self.places.has) { rank -= 30 }
        if column.heading.contains(where: Self.holders.has) { rank -= 30 }
        // Of several without a name, the one that says most.
        let variety = Double(column.distinct) / Double(max(column.cells.count { !$0.isEmpty }, 1))
        return rank + min(column.letters, 40) / 10 * (0.3 + 0.7 * variety)
    }

    private static let senders = Vocabulary(
        "source* sender* payer* from auftraggeber* zahlungspflicht* absender* nadawc* zleceniod* ordonator* ordenante* ordinante* gonder* avsandare* afsender* avsender* emetteur donneur remitente platce platitel* отправител* плательщик* 付款方"
    )
    private static let recipients = Vocabulary(
        "destination* target* recipient* beneficiar* beneficiai* payee* to empfanger* empfaenger* *empfanger odbiorc* alici* mottagare* modtager* mottaker* destinatari* prijemce* получател* 收款方"
    )
    private static let places = Vocabulary(
        "address* adress* adres indirizzo* city ort town land country* bank* email* mail* url* place* town* state"
    )
    private static let holders = Vocabulary(
        "holder* inhaber* kontoinhaber owner provedl symbol emoji icon color* attachment* tag tags labels zeitzone timezone"
    )

    // MARK: Signs

    /// Whether spending is negative: by most of the amounts, the words beside them, the balance, and the heading.
    private mutating func findSign() {
        guard case .signed(let index) = roles.amounts else {
            findCard(spendingIsPositive: false)
            return
        }
        if let chosen = choices.sign {
            roles.sign = chosen
            findCard(spendingIsPositive: chosen == .spendingPositive)
            return
        }
        let values = self.values(of: index)
        let negative = values.count { ($0 ?? 0) < 0 }
        let positive = values.count { ($0 ?? 0) > 0 }
        guard negative + positive > 0 else { return }
        // Above zero: spending is negative.
        var votes = 0.0
        if negative == 0 || positive == 0 {
            votes += negative == 0 ? -4 : 4
        } else {
            votes += 3 * Double(negative - positive) / Double(negative + positive)
        }
        var words = 0
        for (row, value) in zip(table.rows, values) where (value ?? 0) != 0 {
            let text = telling(row)
            if BookingWords.income.isIn(text), !BookingWords.refund.isIn(text) {
                words += (value ?? 0) > 0 ? 1 : -1
            }
            if BookingWords.billPaid.isIn(text) { words += (value ?? 0) > 0 ? 1 : -1 }
            for kind in roles.kinds {
                let direction = BookingDirection.direction(of: row.cell(kind))
                if direction == .out { words += (value ?? 0) < 0 ? 1 : -1 }
                if direction == .into { words += (value ?? 0) > 0 ? 1 : -1 }
            }
        }
        if words != 0 { votes += words > 0 ? 4 : -4 }
        let hasBoth = negative > 0 && positive > 0
        if let balance = roles.balance, hasBoth || negative > 0,
            let grows = balanceGrows(values, columns[balance])
        {
            votes += grows ? 2.5 : -2.5
        }
        if columns[index].numbers.contains(where: { $0?.isCredit != nil }) { votes = 10 }
        if columns[index][.moneyOut] > 0, columns[index][.moneyIn] == 0 { votes -= 2 }
        roles.sign = votes > 0 ? .spendingNegative : .spendingPositive
        if abs(votes) < 1 { roles.questions.append(.sign) }
        findCard(spendingIsPositive: roles.sign == .spendingPositive && negative + positive > 0)
    }

    private func balanceGrows(_ values: [Int64?], _ column: Column) -> Bool? {
        var probe = Candidate(amounts: .signed(-1), score: 0, values: values)
        check(&probe, against: [column])
        return probe.balance?.grows
    }

    /// A card's statement names the card, or counts spending as positive; nothing is earned on it.
    private mutating func findCard(spendingIsPositive: Bool) {
        let namesCard = columns.contains { column in
            BookingWords.card.isIn(column.heading) && column.filled > 0.5
        }
        let hasIncome = table.rows.contains { BookingWords.income.isIn(telling($0)) }
        roles.isCard = (namesCard || spendingIsPositive && !hasRunningBalance) && !hasIncome
    }

    /// The words of the columns that say what a row is.
    private func telling(_ row: CSVRecord) -> [String] {
        (roles.texts + roles.kinds + [roles.category, roles.subcategory].compactMap(\.self)).flatMap {
            Vocabulary.words(of: row.cell($0))
        }
    }
}

extension Column {
    /// A day that is in the heading's words no day of a booking: of birth, of a statement, when it was exported.
    fileprivate var isDateOfSomethingElse: Bool {
        heading.contains { ["export", "birth", "statement"].contains($0) }
    }

    /// Its cells are words that say whether something was booked.
    fileprivate var isStatus: Bool {
        let texts = Set(cells.filter { !$0.isEmpty })
        guard (1...5).contains(texts.count), cells.count > texts.count, filled > 0.8 else { return false }
        return texts.allSatisfy { text in
            let words = Vocabulary.words(of: text)
            return words.count < 4 && (BookingWords.booked.isIn(words) || BookingWords.notBooked.isIn(words))
        }
    }
}

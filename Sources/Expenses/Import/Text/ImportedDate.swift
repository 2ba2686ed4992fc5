/// The parts of a date as a file has it, before it is known in which order they stand.
struct ImportedDate {
    /// A number as written; a month that is a name stands as a name.
    fileprivate enum Part {
        case number(Int, digits: Int)
        case month(Int)
    }

    private let parts: [Part]
    /// Whether dots stand between the parts: then the day comes before the month, wherever dates are written so.
    let hasDots: Bool
    /// Whether a sign for "year" stands behind the first part.
    private let hasYearSign: Bool

    /// Reads three parts, or eight digits, after the name of a weekday and before a time of day; nil for anything else.
    init?(_ text: String) {
        let text = Substring(text).trimmed
        guard text.utf8.count <= 60, text.utf8.contains(where: isDigit) else { return nil }
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
        let folded = isPlain ? text.lowercased() : searchKey(String(text))
        var rest = Array(folded.unicodeScalars).filter { $0 != "'" }[...]
        var parts: [Part] = []
        var dots = 0
        var hasYearSign = false
        while let scalar = rest.first, parts.count < 3 {
            if let digit = ImportedDate.digit(scalar) {
                let digits = rest.prefix { ImportedDate.digit($0) != nil }
                rest = rest.dropFirst(digits.count)
                if parts.isEmpty, digits.count == 8 || digits.count == 14 {
                    func value(_ range: Range<Int>) -> Int {
                        digits.dropFirst(range.lowerBound).prefix(range.count).reduce(0) {
                            $0 * 10 + (ImportedDate.digit($1) ?? 0)
                        }
                    }
                    guard digits.count == 8 || value(8..<10) < 24 && value(10..<12) < 60 else { return nil }
                    parts = [
                        .number(value(0..<4), digits: 4), .number(value(4..<6), digits: 2),
                        .number(value(6..<8), digits: 2),
                    ]
                    guard Day(year: value(0..<4), month: value(4..<6), day: value(6..<8)) != nil else {
                        return nil
                    }
                    break
                }
                guard digits.count <= 4, digits.count != 3 else { return nil }
                let value = digits.dropFirst().reduce(digit) { $0 * 10 + (ImportedDate.digit($1) ?? 0) }
                parts.append(.number(value, digits: digits.count))
            } else if scalar.properties.isAlphabetic, !ImportedDate.units.contains(scalar) {
                let letters = rest.prefix { $0.properties.isAlphabetic || (0x300...0x36F).contains($0.value) }
                rest = rest.dropFirst(letters.count)
                var name = String.UnicodeScalarView()
                name.append(contentsOf: letters)
                let word = String(name)
                if parts.count == 1, ["de", "of", "den"].contains(word) { continue }
                if parts.count == 2, ["de", "del"].contains(word) { continue }
                if parts.isEmpty, ImportedDate.isWeekday(word),
                    rest.contains(where: { ImportedDate.digit($0) != nil }),
                    ImportedDate.month(word) == nil || rest.contains(where: { $0.properties.isAlphabetic })
                {
                    continue
                }
                guard !parts.contains(where: \.isName), let month = ImportedDate.month(word) else {
                    return nil
                }
                parts.append(.month(month))
            } else if scalar == " " || scalar == "." || scalar == "/" || scalar == "-" || scalar == "," {
                if scalar == "." { dots += 1 }
                rest = rest.dropFirst()
            } else if ImportedDate.units.contains(scalar), !parts.isEmpty {
                if scalar == "年" || scalar == "년" { hasYearSign = hasYearSign || parts.count == 1 }
                rest = rest.dropFirst()
            } else {
                return nil
            }
        }
        guard parts.count == 3, ImportedDate.isTimeOfDay(rest) else { return nil }
        self.parts = parts
        self.hasYearSign = hasYearSign
        hasDots = dots > 1
        guard DateOrder.allCases.contains(where: { day(in: $0) != nil }) else { return nil }
    }

    /// The orders in which these parts may stand; none of them where the month is a name.
    var orders: [DateOrder] {
        guard !parts.contains(where: \.isName) else { return [] }
        if hasYearSign || digits(of: 0) == 4 { return [.yearFirst] }
        return DateOrder.allCases.filter { order in
            day(in: order) != nil
                && (order == .yearFirst ? isShort : order == .dayFirst || !hasDots)
        }
    }

    /// Whether no part has more than two digits, so that the year may be the first or the last.
    var isShort: Bool {
        !hasYearSign && parts.indices.allSatisfy { (1...2).contains(digits(of: $0)) }
    }

    /// The order of day and month that these parts leave no doubt about, where the year is not the first of two digits; nil
    /// where it may be either.
    var order: DateOrder? {
        guard !parts[0].isName else { return .monthFirst }
        if hasYearSign || digits(of: 0) == 4 { return .yearFirst }
        if parts[1].isName { return .dayFirst }
        let orders = orders.filter { $0 != .yearFirst }
        return orders.isEmpty ? .yearFirst : orders.count == 1 ? orders[0] : nil
    }

    /// 0 for a name.
    private func digits(of part: Int) -> Int {
        switch parts[part] {
        case .number(_, let digits): digits
        case .month: 0
        }
    }

    /// Whether day and month are the same number, so that their order does not matter.
    var readsEitherWay: Bool { day(in: .dayFirst) == day(in: .monthFirst) }

    /// The day, read in that order; parts that leave no doubt are read in their own. Nil where there is no such day.
    func day(in order: DateOrder) -> Day? {
        var values: [(value: Int, digits: Int)] = []
        var named: Int?
        for part in parts {
            switch part {
            case .number(let value, let digits): values.append((value, digits))
            case .month(let month): named = month
            }
        }
        if let named {
            guard values.count == 2 else { return nil }
            return values[0].digits == 4
                ? Day(year: values[0].value, month: named, day: values[1].value)
                : Day(year: ImportedDate.year(values[1]), month: named, day: values[0].value)
        }
        if values[0].digits == 4 || hasYearSign {
            return Day(year: ImportedDate.year(values[0]), month: values[1].value, day: values[2].value)
        }
        switch order {
        case .yearFirst:
            return Day(year: ImportedDate.year(values[0]), month: values[1].value, day: values[2].value)
        case .dayFirst:
            return Day(year: ImportedDate.year(values[2]), month: values[1].value, day: values[0].value)
        case .monthFirst:
            return Day(year: ImportedDate.year(values[2]), month: values[0].value, day: values[1].value)
        }
    }

    /// The day of a spreadsheet's count of days, as 45321 or 45321.75; nil outside of 1954 to 2119.
    static func day(serial text: String) -> Day? {
        let whole = text.prefix { $0.isASCII && $0.isNumber }
        guard whole.count == 5, let count = Int(whole), (20_000...80_000).contains(count),
            text.dropFirst(5).allSatisfy({ $0 == "." || $0 == "," || $0.isNumber })
        else { return nil }
        return Day(daysSinceEpoch: count - 25_569)
    }

    /// A year of two digits is the one from 1970 to 2069.
    private static func year(_ part: (value: Int, digits: Int)) -> Int {
        guard part.digits <= 2 else { return part.value }
        return part.value < 70 ? 2000 + part.value : 1900 + part.value
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        ("0"..."9").contains(scalar) ? Int(scalar.value) - 48 : nil
    }

    /// What stands behind year, month and day in Chinese, Japanese and Korean.
    private static let units: Set<Unicode.Scalar> = ["年", "月", "日", "년", "월", "일"]

    /// Nothing, or a time as `T10:00:00Z`, ` 10.30`, `, 6:05 PM CET`.
    private static func isTimeOfDay(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        var letters = String.UnicodeScalarView()
        for scalar in rest {
            if digit(scalar) != nil || ":.,+-() ".unicodeScalars.contains(scalar) || units.contains(scalar) {
                letters.append(" ")
            } else {
                letters.append(scalar)
            }
        }
        let words = String(letters).split(separator: " ")
        guard words.allSatisfy({ ["t", "z", "am", "pm", "utc", "gmt", "cet", "cest", "uhr"].contains($0) })
        else {
            return false
        }
        // A fourth number of four digits or more is no time.
        return rest.split(whereSeparator: { digit($0) == nil }).allSatisfy { $0.count <= 6 }
            && rest.first.map { digit($0) == nil } ?? true
    }

    private static func isWeekday(_ word: String) -> Bool {
        weekdays.contains { word.hasPrefix($0) }
            || [
                "mo", "di", "mi", "do", "fr", "sa", "so", "su", "tu", "we", "th", "ma", "wo", "vr", "za",
                "zo",
            ].contains(word)
    }

    /// How the weekdays' names begin.
    private static let weekdays = [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "die", "mit", "don", "fre", "sam", "son", "lun",
        "mar",
        "mer", "jeu", "ven", "dim", "mie", "jue", "vie", "sab", "dom", "gio", "seg", "ter", "qua", "qui",
        "sex",
        "maa", "din", "woe", "vri", "zat", "zon", "man", "tis", "ons", "tor", "lor", "пон", "вто", "сре",
        "чет", "пят", "суб", "вос", "пн", "вт", "ср", "чт", "пт", "сб", "вс",
    ]

    private static func month(_ word: String) -> Int? {
        var best: (length: Int, month: Int)?
        for (index, names) in months.enumerated() {
            for name in names where name.utf8.count > best?.length ?? 0 && word.hasPrefix(name) {
                best = (name.utf8.count, index + 1)
            }
        }
        return best?.month
    }

    /// How the months' names begin, without accents, in some twenty languages.
    private static let months: [[String]] = [
        ["jan", "ene", "gen", "sty", "led", "tam", "янв", "січ", "oca", "ιαν", "sij", "jaan", "sau", "ian"],
        ["feb", "fev", "lut", "uno", "hel", "фев", "лют", "sub", "φεβ", "velj", "vas", "veb"],
        ["mar", "mrz", "maa", "mrt", "bre", "мар", "бер", "μαρ", "ozu", "kov"],
        ["apr", "avr", "abr", "huh", "kwi", "dub", "апр", "кві", "nis", "απρ", "trav", "bal"],
        ["may", "mai", "mag", "maj", "mei", "tou", "kve", "май", "мая", "маи", "тра", "μαι", "svi", "geg"],
        ["jun", "jui", "juin", "giu", "kes", "cze", "cerv", "июн", "чер", "haz", "ιουν", "lipa", "bir"],
        [
            "jul", "juil", "lug", "hei", "lip", "cervenc", "cervene", "июл", "лип", "tem", "ιουλ", "srpa",
            "lie",
        ],
        ["aug", "aou", "ago", "elo", "sie", "srp", "авг", "сер", "agu", "αυγ", "kol", "rug", "avg"],
        ["sep", "set", "syy", "wrz", "zar", "сен", "вер", "eyl", "σεπ", "ruj", "rugs"],
        ["oct", "okt", "ott", "out", "lok", "paz", "rij", "окт", "жов", "eki", "οκτ", "spal"],
        ["nov", "marr", "lis", "ноя", "лис", "kas", "νοε", "stu", "lap"],
        ["dec", "dez", "dic", "des", "dek", "jou", "gru", "pro", "дек", "гру", "ara", "δεκ"],
    ]
}

extension ImportedDate.Part {
    fileprivate var isName: Bool {
        switch self {
        case .month: true
        case .number: false
        }
    }
}

/// The parts of a date as a file has it, before it is known in which order they stand.
struct ImportedDate {
    /// Numbers as written; a month that is a name stands as a name.
    private enum Part {
        case number(Int, digits: Int)
        case month(Int)
    }

    private let parts: [Part]

    /// Reads three parts, or eight digits, and passes over a time of day after them; nil for anything else.
    init?(_ text: String) {
        var rest = Array(text.utf8).filter { $0 != UInt8(ascii: "'") }[...]
        var parts: [Part] = []
        while let byte = rest.first, parts.count < 3 {
            if isDigit(byte) {
                let digits = rest.prefix(while: isDigit)
                guard digits.count <= 8 else { return nil }
                let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
                rest = rest.dropFirst(digits.count)
                if digits.count == 8, parts.isEmpty {
                    parts = [
                        .number(value / 10_000, digits: 4), .number(value / 100 % 100, digits: 2),
                        .number(value % 100, digits: 2),
                    ]
                    break
                }
                parts.append(.number(value, digits: digits.count))
            } else if ImportedDate.isLetter(byte) {
                let letters = rest.prefix(while: ImportedDate.isLetter)
                rest = rest.dropFirst(letters.count)
                let name = String(decoding: letters, as: UTF8.self).lowercased()
                guard
                    let month = ImportedDate.months.firstIndex(where: { $0.contains { name.hasPrefix($0) } })
                else { return nil }
                parts.append(.month(month % 12 + 1))
            } else if " ./-,".utf8.contains(byte) {
                rest = rest.dropFirst()
            } else {
                return nil
            }
        }
        guard parts.count == 3 else { return nil }
        // Only a time of day may follow.
        guard rest.allSatisfy({ $0 == 32 || $0 == UInt8(ascii: ".") }) || rest.contains(UInt8(ascii: ":"))
        else { return nil }
        self.parts = parts
    }

    /// The order that these parts leave no doubt about; nil where it may be either.
    var order: DateOrder? {
        guard case .number(let first, let digits) = parts[0] else { return .monthFirst }
        if digits == 4 { return .yearFirst }
        guard case .number(let second, _) = parts[1] else { return .dayFirst }
        if first > 12 { return .dayFirst }
        return second > 12 ? .monthFirst : nil
    }

    /// The day, read in that order; parts that leave no doubt are read in their own.
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
        if values[0].digits == 4 {
            return Day(year: values[0].value, month: values[1].value, day: values[2].value)
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

    /// A year of two digits is the one from 1970 to 2069.
    private static func year(_ part: (value: Int, digits: Int)) -> Int {
        guard part.digits <= 2 else { return part.value }
        return part.value < 70 ? 2000 + part.value : 1900 + part.value
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte >= 0x80
    }

    /// How the months' names begin in English, German, French and Spanish.
    private static let months: [[String]] = [
        ["jan", "ene"], ["feb", "fév", "fev"], ["mar", "mär", "mrz"], ["apr", "avr", "abr"], ["may", "mai"],
        ["jun", "juin"], ["jul", "juil"], ["aug", "aoû", "aou", "ago"], ["sep"], ["oct", "okt"], ["nov"],
        ["dec", "dez", "déc", "dic"],
    ]
}

/// A number as a file has it, before it is known which mark stands before the decimals.
package struct ImportedNumber: Sendable {
    /// What the single kind of mark in a number may be.
    enum Mark: Equatable {
        /// There is none, or it can be told that it groups thousands.
        case none
        case decimal(DecimalMark)
        /// It groups thousands, so that the other one stands before decimals.
        case groups(DecimalMark)
        /// Three digits stand after it, one to three before it: either.
        case either(DecimalMark)
    }

    /// Digits, `.`, `,`, and a blank for every other mark that groups.
    private let symbols: [UInt8]
    let isNegative: Bool
    /// Whether a sign stands at it, `+` included.
    let isSigned: Bool
    /// `CR` or `DR` behind the figures: whether it is money in.
    let isCredit: Bool?
    /// A `+` stands at it.
    let hasPlus: Bool
    /// The currencies that a name or sign beside the figures may stand for; empty where there is none.
    let currencies: [Currency]

    /// Nil for what is no number: also for the dashes and words that stand for none.
    init?(_ text: String) {
        // Longer than any spelling of an amount; most cells are texts, which have no digit.
        guard text.utf8.count <= 60, text.utf8.contains(where: isDigit) || (text.utf8.first ?? 0) > 0xD8
        else {
            return nil
        }
        let isNegativeNumber = text.utf8.first == UInt8(ascii: "-")
        let figures = text.utf8.dropFirst(isNegativeNumber ? 1 : 0)
        if figures.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }),
            figures.last.map(isDigit) == true
        {
            self.init(
                symbols: Array(figures), isNegative: isNegativeNumber, isSigned: isNegativeNumber,
                hasPlus: false, nil, [])
            return
        }
        let unquoted = text.utf8.contains(UInt8(ascii: "'")) ? text.replacing("'", with: " ") : text
        var rest = Substring(TypedAmount.folded(unquoted)).trimmed
        var isNegative = false
        var isSigned = false
        var hasPlus = false
        if rest.first == "(", rest.last == ")" {
            (isNegative, isSigned) = (true, true)
            rest = rest.dropFirst().dropLast().trimmed
        }
        var isCredit: Bool?
        if rest.hasSuffix("cr") || rest.hasSuffix("dr") {
            isCredit = rest.hasSuffix("cr")
            rest = rest.dropLast(2).trimmed
        }
        var currencies: [Currency] = []
        // A sign, a currency and another sign may stand before the figures; a currency and a sign behind them.
        for _ in 0..<3 {
            if let sign = rest.first, ImportedNumber.minus.contains(sign) || sign == "+" {
                if sign == "+" { hasPlus = true } else { isNegative.toggle() }
                isSigned = true
                rest = rest.dropFirst().trimmed
            } else if currencies.isEmpty, let (names, length) = ImportedNumber.currency(atStartOf: rest) {
                currencies = names
                rest = rest.dropFirst(length).trimmed
            }
        }
        for _ in 0..<2 {
            if let sign = rest.last, ImportedNumber.minus.contains(sign) || sign == "+" {
                // `1.234,-` has no cents, and is not negative.
                let dashes = rest.reversed().prefix { ImportedNumber.minus.contains($0) }.count
                let body = rest.dropLast(max(dashes, 1))
                if let mark = body.last, mark == "." || mark == "," {
                    rest = body.dropLast()
                } else {
                    if sign == "+" { hasPlus = true } else { isNegative.toggle() }
                    isSigned = true
                    rest = rest.dropLast().trimmed
                }
            } else if currencies.isEmpty, let (names, length) = ImportedNumber.currency(atEndOf: rest) {
                currencies = names
                rest = rest.dropLast(length).trimmed
            }
        }
        var symbols: [UInt8] = []
        for scalar in rest.unicodeScalars {
            switch scalar {
            case "0"..."9": symbols.append(UInt8(scalar.value))
            case ".", "\u{FF0E}": symbols.append(UInt8(ascii: "."))
            case ",", "\u{FF0C}", "\u{66B}": symbols.append(UInt8(ascii: ","))
            case _ where scalar.properties.isWhitespace: symbols.append(32)
            case _ where scalar.properties.numericType == .decimal:
                symbols.append(48 + UInt8(scalar.properties.numericValue ?? 0))
            default: return nil
            }
        }
        self.init(
            symbols: symbols, isNegative: isNegative, isSigned: isSigned, hasPlus: hasPlus, isCredit,
            currencies)
    }

    private init?(
        symbols: [UInt8], isNegative: Bool, isSigned: Bool, hasPlus: Bool, _ isCredit: Bool?,
        _ currencies: [Currency]
    ) {
        guard symbols.contains(where: isDigit) else { return nil }
        (self.symbols, self.isNegative, self.isSigned) = (symbols, isNegative, isSigned)
        (self.hasPlus, self.isCredit, self.currencies) = (hasPlus, isCredit, currencies)
        // What is grouped in no way is no number: a date, a telephone number, a version.
        guard divided(at: .point) != nil || divided(at: .comma) != nil else { return nil }
    }

    /// Whether the cell stands for no amount: empty, dashes, "n/a", or a zero.
    static func isNothing(_ text: String) -> Bool {
        if text.isEmpty { return true }
        if let first = text.utf8.first, isDigit(first), first != UInt8(ascii: "0") { return false }
        let text = Substring(text).trimmed
        if text.isEmpty || text.allSatisfy({ minus.contains($0) }) { return true }
        if ["n/a", "na", "n.a.", "null", "none"].contains(text.lowercased()) { return true }
        return ImportedNumber(String(text))?.isZero ?? false
    }

    var isZero: Bool { symbols.allSatisfy { !isDigit($0) || $0 == UInt8(ascii: "0") } }

    /// The digits alone, as they stand.
    var digits: [UInt8] { symbols.filter(isDigit) }

    /// What the last mark is, where that can be told from this number alone.
    func mark(in currency: Currency) -> Mark {
        guard let last = symbols.lastIndex(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") })
        else {
            return .none
        }
        let mark: DecimalMark = symbols[last] == UInt8(ascii: ".") ? .point : .comma
        let before = symbols[..<last]
        if before.contains(symbols[last]) { return .groups(mark) }
        let after = symbols[(last + 1)...].count
        let leading = before.count(where: isDigit)
        if after != 3 || before.contains(where: { !isDigit($0) }) || !(1...3).contains(leading)
            || before.first == UInt8(ascii: "0")
        {
            return .decimal(mark)
        }
        return switch (currency.decimals, mark) {
        case (0, _): .groups(mark)
        // Where an amount has three decimals, a point before them is usual, and a comma may group as well.
        case (3, .point): .decimal(mark)
        default: .either(mark)
        }
    }

    /// Whole part and decimals; nil where the marks cannot stand so.
    private func divided(at mark: DecimalMark) -> (whole: [UInt8], decimals: [UInt8])? {
        let byte = mark == .point ? UInt8(ascii: ".") : UInt8(ascii: ",")
        let parts = symbols.split(separator: byte, maxSplits: 1, omittingEmptySubsequences: false)
        let decimals = parts.count > 1 ? parts[1] : []
        guard decimals.allSatisfy(isDigit) else { return nil }
        let groups = parts[0].split(omittingEmptySubsequences: false) { !isDigit($0) }
        if groups.count > 1 {
            let middle = groups.dropFirst().dropLast()
            guard (1...3).contains(groups[0].count), groups[groups.count - 1].count == 3,
                middle.allSatisfy({ (2...3).contains($0.count) })
            else { return nil }
        }
        return (groups.flatMap(\.self), Array(decimals))
    }

    /// The amount, without its sign. Zeros beyond the currency's decimals are passed over; nothing else is.
    func magnitude(mark: DecimalMark, in currency: Currency) throws(MoneyError) -> Money {
        guard let (whole, fraction) = divided(at: mark) else { throw .unreadable }
        var decimals = fraction
        while decimals.count > currency.decimals, decimals.last == UInt8(ascii: "0") { decimals.removeLast() }
        func values(_ digits: [UInt8]) -> [UInt8] { digits.map { $0 - UInt8(ascii: "0") } }
        return try Money(whole: values(whole), fraction: values(decimals), isNegative: false, in: currency)
    }

    /// The number in millionths, for comparing columns with each other; nil beyond what 64 bits hold.
    func millionths(mark: DecimalMark) -> Int64? {
        guard let (whole, decimals) = divided(at: mark), whole.count <= 12 else { return nil }
        var value: Int64 = 0
        for digit in whole { value = value * 10 + Int64(digit - UInt8(ascii: "0")) }
        for place in 0..<6 {
            value = value * 10 + (place < decimals.count ? Int64(decimals[place] - UInt8(ascii: "0")) : 0)
        }
        return isNegative ? -value : value
    }

    private static let minus: Set<Character> = [
        "-", "\u{2212}", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{FF0D}",
    ]

    private static func currency(atStartOf text: Substring) -> ([Currency], length: Int)? {
        let name = text.prefix {
            !($0.isNumber || $0.isWhitespace || minus.contains($0) || $0 == "+" || $0 == ",")
        }
        return CurrencyName.find(name)
    }

    private static func currency(atEndOf text: Substring) -> ([Currency], length: Int)? {
        let name = text.reversed().prefix {
            !($0.isNumber || $0.isWhitespace || minus.contains($0) || $0 == ",")
        }
        return CurrencyName.find(Substring(String(name.reversed())).drop { $0 == "." })
    }
}

/// What currencies are called in files.
enum CurrencyName {
    /// The currencies of a code or sign in small letters, and how long the name is; nil for what is no name of a currency.
    static func find(_ name: Substring) -> ([Currency], length: Int)? {
        // A single letter is too often the beginning of something else.
        guard name.count > 1 || name.utf8.count > 1 || name == "$",
            let currencies = named[String(name)] ?? named[String(name.drop { $0 == "." })]
        else {
            return nil
        }
        return (currencies, name.count)
    }

    /// The currencies of a text that is nothing but the name of one; nil for other texts.
    static func currencies(called text: String) -> [Currency]? {
        guard text.utf8.count <= 20, let (currencies, length) = find(Substring(text.lowercased())),
            length == text.count
        else { return nil }
        return currencies
    }

    /// By code, sign or word.
    private static let named: [String: [Currency]] = {
        var named: [String: [Currency]] = [:]
        for currency in Currency.all {
            for name in Set([currency.code.lowercased()] + currency.spellings) {
                named[name, default: []].append(currency)
            }
        }
        for (words, code) in words {
            guard let currency = Currency(code: code) else { continue }
            for word in words { named[word] = [currency] }
        }
        return named
    }()

    private static let words: [([String], String)] = [
        (["euro", "euros", "eura", "euroa"], "EUR"), (["人民币", "元"], "CNY"), (["円"], "JPY"), (["원"], "KRW"),
        (["руб", "руб.", "р.", "rur"], "RUB"), (["грн", "грн."], "UAH"), (["zl"], "PLN"), (["kc"], "CZK"),
        (["tl"], "TRY"), (["rs.", "inr"], "INR"), (["us$", "usd"], "USD"), (["£"], "GBP"), (["€"], "EUR"),
    ]
}

extension Substring {
    /// Without white space at both ends.
    var trimmed: Substring {
        var rest = self
        while let first = rest.unicodeScalars.first, first.properties.isWhitespace {
            rest.unicodeScalars.removeFirst()
        }
        while let last = rest.unicodeScalars.last, last.properties.isWhitespace {
            rest.unicodeScalars.removeLast()
        }
        return rest
    }
}

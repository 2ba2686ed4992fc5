/// What was typed as an amount, with everything taken off that carries no figure.
struct TypedAmount {
    enum Symbol: Equatable {
        /// 0 to 9.
        case digit(UInt8)
        case point
        case comma
        /// A mark that stands before decimals and nowhere else, such as the Arabic one.
        case decimalMark
    }

    let isNegative: Bool
    /// Digits and marks alone, at least one.
    private let symbols: [Symbol]

    init(_ text: String, currency: Currency) throws(MoneyError) {
        var rest = Substring(TypedAmount.folded(text))
        rest.trimSpaces()
        guard !rest.isEmpty else { throw .missing }
        // A minus may stand before or after the currency: -$5, $-5.
        var isNegative = rest.takeMinus()
        if !rest.utf8.allSatisfy(TypedAmount.isPlain) {
            let names = currency.spellings
            let hadName = rest.takeFirst(of: names)
            if hadName && !isNegative { isNegative = rest.takeMinus() }
            rest.takeLast(of: names)
        }
        guard !rest.isEmpty else { throw isNegative ? .unreadable : .missing }
        self.isNegative = isNegative
        symbols = try TypedAmount.symbols(rest)
    }

    /// Tells the whole part from the fraction; both hold digits 0 to 9.
    func divided(decimals: Int) throws(MoneyError) -> (whole: [UInt8], fraction: [UInt8]) {
        let marks = symbols.filter { !$0.isDigit }
        guard let mark = marks.last, let last = symbols.lastIndex(of: mark) else {
            return (TypedAmount.digits(symbols[...]), [])
        }
        let isDecimal: Bool
        if mark == .decimalMark || marks.contains(where: { $0 != mark }) {
            guard marks.count(where: { $0 == mark }) == 1 else { throw .unreadable }
            isDecimal = true
        } else if marks.count > 1 {
            isDecimal = false
        } else {
            isDecimal = !groupsThousands(last, decimals: decimals)
        }

        let whole = isDecimal ? symbols[..<last] : symbols[...]
        guard TypedAmount.isGrouped(whole) else { throw .unreadable }
        let figures = TypedAmount.digits(whole)
        let fraction = isDecimal ? TypedAmount.digits(symbols[(last + 1)...]) : []
        guard !(figures.isEmpty && fraction.isEmpty) else { throw .unreadable }
        return (figures, fraction)
    }

    /// Whether the only mark groups thousands: before three digits, behind one to three.
    private func groupsThousands(_ mark: Int, decimals: Int) -> Bool {
        (1...3).contains(mark) && symbols[0] != .digit(0) && symbols.count - mark - 1 == 3 && decimals < 3
    }

    /// The only mark, where it was taken to group thousands and could have stood before decimals; nil elsewhere.
    func loneGroupingMark(decimals: Int) -> String? {
        guard symbols.count(where: { !$0.isDigit }) == 1,
            let place = symbols.firstIndex(where: { !$0.isDigit }),
            symbols[place] != .decimalMark, groupsThousands(place, decimals: decimals)
        else { return nil }
        return symbols[place] == .point ? "." : ","
    }

    /// In small letters, without apostrophes and marks that have no width.
    static func folded(_ text: String) -> String {
        guard !text.utf8.allSatisfy(isPlain) else { return text }
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: text.unicodeScalars.filter { !isIgnored($0) })
        return String(kept).lowercased()
    }

    private static func symbols(_ text: Substring) throws(MoneyError) -> [Symbol] {
        var symbols: [Symbol] = []
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9": symbols.append(.digit(UInt8(scalar.value - 0x30)))
            case ".", "\u{FF0E}": symbols.append(.point)
            case ",", "\u{FF0C}", "\u{060C}": symbols.append(.comma)
            case "\u{066B}": symbols.append(.decimalMark)
            default:
                // Two lines may be two amounts.
                guard !Character(scalar).isNewline else { throw .unreadable }
                if scalar.properties.isWhitespace { continue }
                guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue
                else { throw .unreadable }
                symbols.append(.digit(UInt8(value)))
            }
        }
        return symbols
    }

    /// Whether marks of one kind stand where thousands are grouped: three digits after the last, three or (as in
    /// India) two after the others, one to three before the first.
    private static func isGrouped(_ whole: ArraySlice<Symbol>) -> Bool {
        guard let mark = whole.first(where: { !$0.isDigit }) else { return true }
        let groups = whole.split(separator: mark, omittingEmptySubsequences: false)
        guard mark != .decimalMark, groups.allSatisfy({ $0.allSatisfy(\.isDigit) }) else { return false }
        let middle = groups.dropFirst().dropLast()
        let width = middle.first?.count ?? 3
        return (1...(width == 2 ? 2 : 3)).contains(groups[0].count) && groups[groups.count - 1].count == 3
            && (2...3).contains(width) && middle.allSatisfy { $0.count == width }
    }

    private static func digits(_ symbols: ArraySlice<Symbol>) -> [UInt8] {
        symbols.compactMap { symbol in
            guard case .digit(let value) = symbol else { return nil }
            return value
        }
    }

    /// Digits and marks that are ASCII: the amounts that need no folding and hold no currency.
    private static func isPlain(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
    }

    /// Apostrophes, what groups thousands in Arabic, and marks of no width or of writing direction.
    private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "'", "`", "\u{00B4}", "\u{2018}", "\u{2019}", "\u{02BB}", "\u{02BC}", "\u{FF07}": true
        case "\u{066C}": true
        case "\u{200B}"..."\u{200F}", "\u{2060}", "\u{FEFF}", "\u{061C}": true
        case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": true
        default: false
        }
    }
}

extension TypedAmount.Symbol {
    fileprivate var isDigit: Bool {
        switch self {
        case .digit: true
        case .point, .comma, .decimalMark: false
        }
    }
}

extension Substring {
    fileprivate mutating func trimSpaces() {
        while let first, first.isWhitespace { removeFirst() }
        while let last, last.isWhitespace { removeLast() }
    }

    fileprivate mutating func takeMinus() -> Bool {
        switch first {
        case "-", "\u{2212}", "\u{2010}", "\u{2011}", "\u{2013}", "\u{FE63}", "\u{FF0D}":
            removeFirst()
            trimSpaces()
            return true
        default: return false
        }
    }

    fileprivate mutating func takeFirst(of names: [String]) -> Bool {
        guard let name = names.first(where: { hasPrefix($0) }) else { return false }
        removeFirst(name.count)
        trimSpaces()
        return true
    }

    fileprivate mutating func takeLast(of names: [String]) {
        guard let name = names.first(where: { hasSuffix($0) }) else { return }
        removeLast(name.count)
        trimSpaces()
    }
}

extension Money {
    /// Reads an amount as people type it: `12.50`, `12,50`, `.5`, `1,234.56`, `1.234,56`, `1 234,56`, `$12.50`.
    ///
    /// Nothing is rounded or cut. Where both marks occur, the last is the decimal mark; one that occurs several
    /// times groups thousands; a single one before exactly three digits, with one to three before it of which
    /// the first is not 0, groups thousands where the currency has fewer than three decimals.
    package init(typed text: String, in currency: Currency) throws(MoneyError) {
        var reading = TypedAmount(text, currency: currency)
        guard !reading.isBlank else { throw .missing }
        let isNegative = reading.takeMinus()
        guard !reading.isBlank, let symbols = reading.symbols else { throw .unreadable }
        let (whole, fraction) = try TypedAmount.divide(symbols, decimals: currency.decimals)
        try self.init(whole: whole, fraction: fraction, isNegative: isNegative, in: currency)
    }
}

/// What was typed, with everything taken off that carries no figure.
private struct TypedAmount {
    enum Symbol: Equatable {
        case digit(UInt8)
        case point
        case comma
    }

    private var scalars: [Unicode.Scalar]

    init(_ text: String, currency: Currency) {
        scalars = text.unicodeScalars.filter { !TypedAmount.isIgnored($0) }
        // A minus may stand before or after the currency: -$5, $-5.
        let isNegative = takeMinus()
        for name in currency.spellings where remove(name) { break }
        if isNegative { scalars.insert("-", at: 0) }
    }

    var isBlank: Bool { scalars.isEmpty }

    mutating func takeMinus() -> Bool {
        guard let first = scalars.first, first == "-" || first == "\u{2212}" else { return false }
        scalars.removeFirst()
        return true
    }

    /// Nil where something stands that is neither a digit nor a mark.
    var symbols: [Symbol]? {
        var symbols: [Symbol] = []
        for scalar in scalars {
            switch scalar {
            case ".", "\u{066B}": symbols.append(.point)
            case ",", "\u{066C}": symbols.append(.comma)
            default:
                guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue
                else { return nil }
                symbols.append(.digit(UInt8(value)))
            }
        }
        return symbols
    }

    /// Tells the whole part from the fraction; both hold digits 0 to 9.
    static func divide(
        _ symbols: [Symbol], decimals: Int
    ) throws(MoneyError) -> (whole: [UInt8], fraction: [UInt8]) {
        let points = symbols.indices.filter { symbols[$0] == .point }
        let commas = symbols.indices.filter { symbols[$0] == .comma }
        let marks = (points + commas).sorted()
        guard let last = marks.last else { return (digits(symbols[...]), []) }

        let isDecimal: Bool
        if !points.isEmpty && !commas.isEmpty {
            guard (symbols[last] == .point ? points : commas).count == 1 else { throw .unreadable }
            isDecimal = true
        } else if marks.count > 1 {
            isDecimal = false
        } else {
            let groups = (1...3).contains(last) && symbols[0] != .digit(0) && symbols.count - last - 1 == 3
            isDecimal = !(groups && decimals < 3)
        }

        let whole = isDecimal ? symbols[..<last] : symbols[...]
        let fraction = isDecimal ? digits(symbols[(last + 1)...]) : []
        guard isGrouped(whole) else { throw .unreadable }
        let figures = digits(whole)
        guard !(figures.isEmpty && fraction.isEmpty) else { throw .unreadable }
        return (figures, fraction)
    }

    /// Whether marks stand where thousands are grouped: three digits after the last, three or (as in India) two
    /// after the others, one to three before the first.
    private static func isGrouped(_ whole: ArraySlice<Symbol>) -> Bool {
        let groups = whole.split(omittingEmptySubsequences: false) { $0 == .point || $0 == .comma }
        guard groups.count > 1 else { return true }
        let middle = groups.dropFirst().dropLast()
        let width = middle.first?.count ?? 3
        return (1...3).contains(groups[0].count) && groups[groups.count - 1].count == 3
            && (width == 2 || width == 3) && middle.allSatisfy { $0.count == width }
            && (width == 3 || groups[0].count <= 2)
    }

    private static func digits(_ symbols: ArraySlice<Symbol>) -> [UInt8] {
        symbols.compactMap { symbol in
            guard case .digit(let value) = symbol else { return nil }
            return value
        }
    }

    /// Spaces of all kinds, apostrophes, underscores, and marks of writing direction.
    private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "'", "\u{2019}", "\u{02BC}", "_", "\u{200B}", "\u{2060}", "\u{FEFF}": true
        case "\u{200E}", "\u{200F}", "\u{061C}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": true
        default: scalar.properties.isWhitespace
        }
    }

    /// Takes a spelling of the currency off either end, once, regardless of case.
    private mutating func remove(_ name: String) -> Bool {
        let name = Array(name.lowercased().unicodeScalars.filter { !TypedAmount.isIgnored($0) })
        guard !name.isEmpty, scalars.count >= name.count else { return false }
        let lowered = scalars.map {
            $0.isASCII ? $0.properties.lowercaseMapping.unicodeScalars.first ?? $0 : $0
        }
        if lowered.starts(with: name) {
            scalars.removeFirst(name.count)
            return true
        }
        guard lowered.suffix(name.count).elementsEqual(name) else { return false }
        scalars.removeLast(name.count)
        return true
    }
}

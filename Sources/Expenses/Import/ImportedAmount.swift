extension Money {
    /// Reads an amount of a file whose decimal mark is known: `-1.234,56`, `(12.50)`, `12.50-`, `+5`, `12.500000`,
    /// with or without the account's currency. Zeros beyond the currency's decimals are passed over; nothing else is.
    package init(imported text: String, mark: DecimalMark, in currency: Currency) throws(MoneyError) {
        var rest = Substring(TypedAmount.folded(text)).trimmed
        guard !rest.isEmpty else { throw .missing }
        var isNegative = false
        if rest.first == "(", rest.last == ")" {
            isNegative = true
            rest = rest.dropFirst().dropLast().trimmed
        }
        func takeSign() {
            if let first = rest.first, "-\u{2212}\u{2013}".contains(first) {
                isNegative.toggle()
                rest = rest.dropFirst().trimmed
            } else if rest.first == "+" {
                rest = rest.dropFirst().trimmed
            } else if let last = rest.last, "-\u{2212}\u{2013}".contains(last) {
                isNegative.toggle()
                rest = rest.dropLast().trimmed
            }
        }
        takeSign()
        if let name = currency.spellings.first(where: { rest.hasPrefix($0) }) {
            rest = rest.dropFirst(name.count).trimmed
            takeSign()
        } else if let name = currency.spellings.first(where: { rest.hasSuffix($0) }) {
            rest = rest.dropLast(name.count).trimmed
        }
        var groups: [[UInt8]] = [[]]
        var fraction: [UInt8]?
        for character in rest {
            if let digit = character.isASCII ? character.wholeNumberValue : nil {
                if fraction != nil {
                    fraction?.append(UInt8(digit))
                } else {
                    groups[groups.count - 1].append(UInt8(digit))
                }
            } else if String(character) == mark.rawValue, fraction == nil {
                fraction = []
            } else if fraction == nil, character == "." || character == "," || character.isWhitespace {
                groups.append([])
            } else {
                throw .unreadable
            }
        }
        guard
            groups.count == 1
                || (1...3).contains(groups[0].count) && groups[groups.count - 1].count == 3
                    && groups.dropFirst().dropLast().allSatisfy({ (2...3).contains($0.count) })
        else { throw .unreadable }
        var decimals = fraction ?? []
        while decimals.count > currency.decimals, decimals.last == 0 { decimals.removeLast() }
        let whole = groups.flatMap(\.self)
        guard !whole.isEmpty || !decimals.isEmpty else { throw .unreadable }
        try self.init(whole: whole, fraction: decimals, isNegative: isNegative, in: currency)
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var rest = self
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return rest
    }
}

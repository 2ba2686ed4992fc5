/// An exact amount in the minor unit of its account's currency (cents, yen, fils). Negative is a refund.
package struct Money: Hashable, Comparable, Sendable {
    package var minorUnits: Int64

    package static let zero = Money(minorUnits: 0)

    package init(minorUnits: Int64) {
        self.minorUnits = minorUnits
    }

    package var isRefund: Bool { minorUnits < 0 }
    /// The same without its sign.
    package var magnitude: Money { isRefund ? .zero - self : self }

    package static func < (left: Money, right: Money) -> Bool { left.minorUnits < right.minorUnits }

    /// A sum that no 64 bits can hold (nine million times the largest amount) stays at the end of their range.
    package static func + (left: Money, right: Money) -> Money {
        let (sum, overflow) = left.minorUnits.addingReportingOverflow(right.minorUnits)
        return Money(minorUnits: overflow ? end(left) : sum)
    }

    /// Ends where `+` does.
    package static func - (left: Money, right: Money) -> Money {
        let (difference, overflow) = left.minorUnits.subtractingReportingOverflow(right.minorUnits)
        return Money(minorUnits: overflow ? end(left) : difference)
    }

    /// The amount shared out evenly over `count` (1 or more), rounded to the nearest minor unit; a half is rounded
    /// away from zero, so that a refund's average is the expense's with another sign.
    package func divided(by count: Int) -> Money {
        let (quotient, remainder) = minorUnits.quotientAndRemainder(dividingBy: Int64(count))
        // Compared by subtraction: twice the remainder can be more than 64 bits hold.
        let isHalfOrMore = remainder.magnitude >= UInt64(count) - remainder.magnitude
        return Money(minorUnits: isHalfOrMore ? quotient + minorUnits.signum() : quotient)
    }

    /// The amount with the same figure in a currency with other decimals, where it is whole there; else cut.
    package func rescaled(from old: Currency, to new: Currency) -> Money {
        var units = minorUnits
        for _ in 0..<max(new.decimals - old.decimals, 0) { units *= 10 }
        for _ in 0..<max(old.decimals - new.decimals, 0) { units /= 10 }
        return Money(minorUnits: units)
    }

    private static func end(_ left: Money) -> Int64 { left.minorUnits < 0 ? .min : .max }
}

extension Money {
    /// The largest amount of one expense: 999 999 999.99 major units, or as near below as the currency has.
    package static func largest(in currency: Currency) -> Money {
        switch currency.decimals {
        case 0: Money(minorUnits: 999_999_999)
        case 3: Money(minorUnits: 999_999_999_990)
        default: Money(minorUnits: 99_999_999_999)
        }
    }

    /// Builds an amount from the digits on both sides of the decimal mark, each 0 to 9.
    init(
        whole: some Collection<UInt8>, fraction: some Collection<UInt8>, isNegative: Bool,
        in currency: Currency
    ) throws(MoneyError) {
        guard fraction.count <= currency.decimals else {
            throw .tooManyDecimals(allowed: currency.decimals)
        }
        var value: Int64 = 0
        for digit in whole {
            value = value * 10 + Int64(digit)
            guard value <= 999_999_999 else { throw .tooLarge }
        }
        for digit in fraction { value = value * 10 + Int64(digit) }
        for _ in fraction.count..<currency.decimals { value *= 10 }
        guard value <= Money.largest(in: currency).minorUnits else { throw .tooLarge }
        guard value != 0 else { throw .zero }
        self.init(minorUnits: isNegative ? -value : value)
    }

    /// Reads an amount as people type it: `12.50`, `12,50`, `.5`, `1,234.56`, `1.234,56`, `1 234,56`, `$12.50`.
    ///
    /// Nothing is rounded or cut. Where both marks occur, the last is the decimal mark; one that occurs several
    /// times groups thousands; a single one before exactly three digits, with one to three before it of which
    /// the first is not 0, groups thousands where the currency has fewer than three decimals.
    package init(typed text: String, in currency: Currency) throws(MoneyError) {
        // Longer than any spelling of the largest amount; checked before any Unicode work.
        guard text.utf8.count <= 1000 else { throw .unreadable }
        let typed = try TypedAmount(text, currency: currency)
        let (whole, fraction) = try typed.divided(decimals: currency.decimals)
        try self.init(whole: whole, fraction: fraction, isNegative: typed.isNegative, in: currency)
    }

    /// Reads the plain decimal form of the API and of CSV files: `-`, digits, and a point with digits; nothing else.
    package init(decimal text: String, in currency: Currency) throws(MoneyError) {
        var bytes = Array(text.utf8)[...]
        guard !bytes.isEmpty else { throw .missing }
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { bytes = bytes.dropFirst() }
        let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else { throw .unreadable }
        let digits = parts.map { $0.map { $0 - UInt8(ascii: "0") } }
        try self.init(
            whole: digits[0], fraction: digits.count > 1 ? digits[1] : [], isNegative: isNegative,
            in: currency)
    }

    /// The plain decimal form: `-12.50`, with as many decimals as the currency has.
    package func decimal(in currency: Currency) -> String {
        figures(currency, .commaPoint, isGrouped: false)
    }

    /// As it stands on a page: `$1,234.56`, `-$12.40`, `1.234,56 €`.
    package func formatted(_ preferences: Preferences) -> String {
        MoneyFormat(preferences).text(self).description
    }

    /// As it stands in a form's field, ready to be changed: the user's decimal mark, no symbol, no grouping.
    package func typed(_ preferences: Preferences) -> String {
        figures(preferences.currency, preferences.numberFormat, isGrouped: false)
    }

    package func figures(_ currency: Currency, _ format: NumberFormat, isGrouped: Bool) -> String {
        MoneyFormat(decimals: currency.decimals, format, isGrouped: isGrouped).figures(self).description
    }
}

func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

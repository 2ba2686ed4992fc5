extension Money {
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
}

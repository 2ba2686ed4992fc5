extension NumberFormat {
    /// A count, its thousands grouped as in amounts: `12,345`.
    package func figures(_ count: Int) -> String {
        let digits = String(count.magnitude)
        var text = count < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, grouping.separates(before: digits.count - index) { text += grouping.separator }
            text.append(digit)
        }
        return text
    }
}

extension Money {
    /// As on a page, without the currency: `1,234.56`, for tables that name it once.
    package func figures(_ preferences: Preferences) -> String {
        let format = preferences.numberFormat
        return render(in: preferences.currency, grouping: format.grouping, mark: format.mark)
    }
}

/// A way to read the amounts of a file.
struct AmountReading {
    let amounts: ImportRoles.Amounts
    /// How well headings and contents speak for it.
    var score: Double
    /// Money in positive, in millionths; nil in rows without an amount.
    let values: [Int64?]
    /// The column of balances that it explains, and whether money in makes them grow.
    var balance: (column: Int, grows: Bool)?

    /// Finds out whether a column is the running balance of these amounts.
    mutating func findBalance(among numeric: [Column], _ columns: TableColumns) {
        for column in numeric
        where !amounts.columns.contains(column.index) && column.numeric > 0.4 && !column.isRowNumber {
            let balances = columns.values(of: column.index)
            var (fits, pairs) = ([0, 0, 0, 0], 0)
            for row in 0..<max(balances.count - 1, 0) {
                guard let here = balances[row], let next = balances[row + 1] else { continue }
                pairs += 1
                let (upward, downward) = (values[row], values[row + 1])
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
            balance = (column.index, way % 2 == 0)
            score += (way % 2 == 0 ? 12 : 8) * Double(most) / Double(pairs)
            return
        }
    }

    /// Whether another reading gives some row another amount, whatever its sign.
    func differs(from other: AmountReading) -> Bool {
        zip(values, other.values).contains { left, right in
            guard let left, let right, left != 0, right != 0 else { return false }
            return left.magnitude != right.magnitude
        }
    }
}

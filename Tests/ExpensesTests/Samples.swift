import Expenses

/// A small generator of known numbers (SplitMix64), so that a failure can be repeated.
struct Samples: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64 = 20_261_123) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Amounts of every size, both signs, and the ends of the range.
    mutating func amounts(in currency: Currency, count: Int) -> [Money] {
        let largest = Money.largest(in: currency).minorUnits
        var amounts: [Int64] = [1, 9, 10, 99, 100, 999, 1000, 1001, 123_456, largest - 1, largest]
        for _ in 0..<count {
            let size = Int64.random(in: 1...largest, using: &self) >> Int64.random(in: 0...39, using: &self)
            amounts.append(max(1, size))
        }
        return amounts.flatMap { [Money(minorUnits: $0), Money(minorUnits: -$0)] }
    }
}

extension Currency {
    static func named(_ code: String) -> Currency {
        guard let currency = Currency(code: code) else { preconditionFailure("no currency \(code)") }
        return currency
    }
}

import Expenses
import Testing

struct MoneyTests {
    @Test(
        arguments: [
            (1400, 3, 467), (-1400, 3, -467), (1, 2, 1), (-1, 2, -1), (1, 3, 0), (-1, 3, 0), (0, 7, 0),
            (19551, 22, 889), (.max, 2, 4_611_686_018_427_387_904), (.min, 1, .min), (.max, 1, .max),
        ] as [(Int64, Int, Int64)])
    func `an average is rounded to the nearest minor unit, halves away from zero`(
        sum: Int64, count: Int, average: Int64
    ) {
        #expect(Money(minorUnits: sum).divided(by: count) == Money(minorUnits: average))
    }

    @Test(arguments: [
        ("12.50", "USD", 1250), ("12.5", "USD", 1250), ("12", "USD", 1200), ("-12.50", "USD", -1250),
        ("0.01", "USD", 1), ("12", "JPY", 12), ("1.234", "KWD", 1234), ("0012.50", "USD", 1250),
        ("999999999.99", "USD", 99_999_999_999),
    ])
    func `plain decimals are read`(text: String, code: String, minorUnits: Int64) throws {
        #expect(try Money(decimal: text, in: .named(code)).minorUnits == minorUnits)
    }

    @Test(arguments: [
        ("", MoneyError.missing), ("-", .unreadable), (".5", .unreadable), ("5.", .unreadable),
        ("+5", .unreadable), ("1e5", .unreadable), ("1,5", .unreadable), ("1 5", .unreadable),
        (" 5", .unreadable), ("5 ", .unreadable), ("--5", .unreadable), ("1.2.3", .unreadable),
        ("1,234.56", .unreadable), ("$5", .unreadable), ("−5", .unreadable), ("٥", .unreadable),
        ("0", .zero), ("-0.00", .zero), ("1.234", .tooManyDecimals(allowed: 2)),
        ("1.000", .tooManyDecimals(allowed: 2)), ("1000000000", .tooLarge), ("NaN", .unreadable),
        (String(repeating: "9", count: 400), .tooLarge),
    ])
    func `only plain decimals are read`(text: String, error: MoneyError) {
        #expect(throws: error) { try Money(decimal: text, in: .usd) }
    }

    @Test(arguments: [
        (NumberFormat.commaPoint, "$1,234,567.89", "-$0.05"),
        (.pointComma, "1.234.567,89\u{A0}$", "-0,05\u{A0}$"),
        (.spaceComma, "1\u{202F}234\u{202F}567,89\u{A0}$", "-0,05\u{A0}$"),
        (.apostrophePoint, "$1'234'567.89", "-$0.05"),
        (.indian, "$12,34,567.89", "-$0.05"),
    ])
    func `amounts are shown in the user's own way`(format: NumberFormat, large: String, small: String) {
        let preferences = Preferences(numberFormat: format)
        #expect(Money(minorUnits: 123_456_789).formatted(preferences) == large)
        #expect(Money(minorUnits: -5).formatted(preferences) == small)
    }

    @Test(arguments: [
        ("JPY", "¥1,234,567", "1234567"), ("KWD", "KD\u{A0}1,234.567", "1234.567"),
        ("CHF", "CHF\u{A0}12,345.67", "12345.67"), ("DKK", "kr.\u{A0}12,345.67", "12345.67"),
        ("INR", "₹12,345.67", "12345.67"), ("HKD", "HK$12,345.67", "12345.67"),
    ])
    func `currencies have their decimals and their sign`(code: String, shown: String, typed: String) {
        let preferences = Preferences(currency: .named(code))
        let amount = Money(minorUnits: 1_234_567)
        #expect(amount.formatted(preferences) == shown)
        #expect(amount.typed(preferences) == typed)
    }

    @Test(arguments: [
        (100_000, "1,000.00"), (10_000_000, "1,00,000.00"), (1_000_000, "10,000.00"), (99_999, "999.99"),
        (1_000_000_000, "1,00,00,000.00"),
    ])
    func `indian grouping has twos above the thousands`(cents: Int64, shown: String) {
        let preferences = Preferences(numberFormat: .indian)
        #expect(Money(minorUnits: cents).formatted(preferences) == "$" + shown)
    }

    @Test func `sums stay in range instead of trapping`() {
        let most = Money(minorUnits: .max)
        let least = Money(minorUnits: .min)
        #expect(most + Money(minorUnits: 1) == most)
        #expect(least - Money(minorUnits: 1) == least)
        #expect(most - least == most)
        #expect(least + least == least)
        #expect(least.magnitude == most)
        #expect(Money(minorUnits: -5).magnitude == Money(minorUnits: 5))
        #expect(Money(minorUnits: 7) - Money(minorUnits: 9) == Money(minorUnits: -2))
        #expect(least.formatted(Preferences()) == "-$92,233,720,368,547,758.08")
    }
}

import Expenses
import Testing

struct MoneyTypingTests {
    @Test(arguments: [
        ("12.50", 1250), ("12,50", 1250), (".5", 50), (",5", 50), ("1,234.56", 123_456),
        ("1.234,56", 123_456), ("1 234,56", 123_456), ("$12.50", 1250), ("12", 1200), ("12.", 1200),
        ("12,4", 1240), ("0.5", 50), ("0.01", 1), ("007", 700), ("999999999.99", 99_999_999_999),
        ("999,999,999.99", 99_999_999_999), ("-12.50", -1250), ("-999999999.99", -99_999_999_999),
    ])
    func `amounts are read as people type them`(typed: String, cents: Int64) throws {
        #expect(try Money(typed: typed, in: .usd).minorUnits == cents)
    }

    @Test(arguments: [
        ("1.234", 123_400), ("1,234", 123_400), ("12.345", 1_234_500), ("123,456", 12_345_600),
        ("1,234,567", 123_456_700), ("1.234.567", 123_456_700), ("1,234,567.8", 123_456_780),
        ("1.234.567,89", 123_456_789), ("1,234.", 123_400), ("12,34,567.89", 123_456_789),
        ("1,00,000", 10_000_000), ("12,34,567", 123_456_700), ("1'234.50", 123_450),
        ("1’234,50", 123_450),
    ])
    func `thousands may be grouped`(typed: String, cents: Int64) throws {
        #expect(try Money(typed: typed, in: .usd).minorUnits == cents)
    }

    @Test(arguments: [
        "1 234,50", " 1234.50 ", "1\u{A0}234,50", "1\u{202F}234,50", "1\u{2009}234,50", "1\u{3000}234.50",
        "\t1234.50\r\n", "\u{200E}1234.50\u{200F}", "1\u{2007}234.50", "\u{FEFF}1234.50",
    ])
    func `spaces of all kinds and invisible marks are taken off`(typed: String) throws {
        #expect(try Money(typed: typed, in: .usd).minorUnits == 123_450)
    }

    @Test(arguments: [
        ("0.125", "EUR"), ("00.125", "EUR"), (".125", "EUR"), ("1234.567", "EUR"), ("1,234.567", "EUR"),
        ("1.2345", "EUR"), ("12,5", "JPY"), ("12.50", "JPY"), (".5", "JPY"), ("1.2345", "KWD"),
        ("0.500", "EUR"), ("0." + String(repeating: "0", count: 400), "EUR"), ("1 234.567", "EUR"),
        ("12٫345", "EUR"),
    ])
    func `decimals that the currency does not have are refused, never cut`(typed: String, code: String) {
        let currency = Currency.named(code)
        #expect(throws: MoneyError.tooManyDecimals(allowed: currency.decimals)) {
            try Money(typed: typed, in: currency)
        }
    }

    @Test(arguments: [
        ("1.234", "EUR", 123_400), ("1.234", "JPY", 1234), ("1,234", "JPY", 1234), ("1.234", "KWD", 1234),
        ("1,234", "KWD", 1234), ("0.125", "KWD", 125), ("1,234.567", "KWD", 1_234_567),
        ("1.234.567", "KWD", 1_234_567_000), ("1.234.567", "JPY", 1_234_567), ("12", "JPY", 12),
        ("12.5", "KWD", 12_500), ("999999999", "JPY", 999_999_999),
        ("999,999,999.990", "KWD", 999_999_999_990),
    ])
    func `one mark before three digits groups them where a currency has fewer decimals`(
        typed: String, code: String, minorUnits: Int64
    ) throws {
        #expect(try Money(typed: typed, in: .named(code)).minorUnits == minorUnits)
    }

    @Test(arguments: [
        ("$12.50", "USD"), ("12.50$", "USD"), ("$ 12.50", "USD"), ("US$12.50", "USD"), ("usd 12.50", "USD"),
        ("12.50 USD", "USD"), ("12.50Usd", "USD"), ("$12.50 USD", "USD"), ("＄12.50", "USD"),
        ("€12,50", "EUR"), ("12,50 €", "EUR"), ("12,50\u{A0}EUR", "EUR"), ("eur12.50", "EUR"),
        ("A$12.50", "AUD"), ("au$12.50", "AUD"), ("$12.50", "HKD"), ("HK$12.50", "HKD"),
        ("12,50 Kč", "CZK"), ("12,50 KČ", "CZK"), ("12,50 Kc\u{30C}", "CZK"), ("12,50 kr.", "DKK"),
        ("12,50 kr", "DKK"), ("kr. 12,50", "DKK"), ("kr.12,50", "DKK"), ("12,50 лв", "BGN"),
        ("12,50 ЛВ.", "BGN"), ("CHF 12.50", "CHF"), ("soʻm 12.50", "UZS"),
        ("so'm 12.50", "UZS"), ("R$ 12,50", "BRL"), ("؋12.50", "AFN"), ("₹12.50", "INR"), ("12.50 zł", "PLN"),
    ])
    func `the currency may stand before or after, in any case`(typed: String, code: String) throws {
        #expect(try Money(typed: typed, in: .named(code)).minorUnits == 1250)
    }

    @Test func `a full stop that ends a currency's sign is not a decimal mark, and the other way round`()
        throws
    {
        #expect(try Money(typed: "kr.5", in: .named("DKK")).minorUnits == 500)
        #expect(try Money(typed: "kr .5", in: .named("DKK")).minorUnits == 50)
        #expect(try Money(typed: "5. kr", in: .named("DKK")).minorUnits == 500)
    }

    @Test(arguments: [
        "-12.50", "−12.50", "–12.50", "－12.50", "- 12.50", "-$12.50", "$-12.50", "- $ 12.50", "$ -12.50",
        "−12,50 USD", "usd −12.50", "\u{200E}-12.50",
    ])
    func `a leading minus is a refund`(typed: String) throws {
        #expect(try Money(typed: typed, in: .usd) == Money(minorUnits: -1250))
    }

    @Test(arguments: [
        "١٢٫٥٠", "۱۲٫۵۰", "१२.५०", "１２．５０", "১২,৫০", "١٢،٥٠", "𝟏𝟐.𝟓𝟎",
    ])
    func `digits and marks of other scripts are read`(typed: String) throws {
        #expect(try Money(typed: typed, in: .usd).minorUnits == 1250)
    }

    @Test func `arabic marks are told apart`() throws {
        #expect(try Money(typed: "١٬٢٣٤٫٥٦", in: .usd).minorUnits == 123_456)
        #expect(try Money(typed: "١٢٫٣٤٥", in: .named("KWD")).minorUnits == 12_345)
    }

    @Test(arguments: [
        "1.2.3", "12.345,6.7", "1,23,45", "abc", "--5", "-−5", "-$-5", "1e5", "+5", "$$5", "5-", "(5)", "-",
        "-$", ".", ",", "..", ".,", "1..5", "1.,5", ",,", "1,234,56", "1234,567.89", "1,2345,6789",
        "123,45,678", "1,234.567.890", "€5", "5 €", "12.50 dollars", "½", "Ⅻ", "五", "1/2", "12:50", "0x10",
        "٫٫", "1٫2٫3", "1,2٫3.4", "NaN", "inf", "5\u{301}", "1_000", "12\n13", "1\r\n234", "12\u{2028}13",
        "$\u{301}5", "💶", "\u{0}5",
    ])
    func `what cannot be read exactly is refused`(typed: String) {
        #expect(throws: MoneyError.unreadable) { try Money(typed: typed, in: .usd) }
    }

    @Test(arguments: ["", " ", "\u{A0}", "\n", "'", "$", " USD ", "us$", "\u{200B}"])
    func `nothing, or a currency alone, is no amount`(typed: String) {
        #expect(throws: MoneyError.missing) { try Money(typed: typed, in: .usd) }
    }

    @Test(arguments: ["0", "0.00", "-0", "$0", "0,0", "000", "٠"])
    func `zero is refused`(typed: String) {
        #expect(throws: MoneyError.zero) { try Money(typed: typed, in: .usd) }
    }

    @Test(arguments: [
        ("1000000000", "USD"), ("1,000,000,000", "USD"), ("-1000000000", "USD"), ("1000000000", "JPY"),
        ("999,999,999.991", "KWD"), ("9223372036854775808", "USD"), ("18446744073709551616", "JPY"),
        (String(repeating: "9", count: 400), "USD"),
        (String(repeating: "123,", count: 100) + "456", "USD"),
    ])
    func `more than the largest amount is refused, however long`(typed: String, code: String) {
        #expect(throws: MoneyError.tooLarge) { try Money(typed: typed, in: .named(code)) }
    }

    @Test(arguments: Currency.all.map(\.code))
    func `what is shown or put into a field reads back as the same amount`(code: String) throws {
        let currency = Currency.named(code)
        var samples = Samples()
        for amount in samples.amounts(in: currency, count: 60) {
            #expect(try Money(decimal: amount.decimal(in: currency), in: currency) == amount)
            for format in NumberFormat.allCases {
                let preferences = Preferences(currency: currency, numberFormat: format)
                let shown = amount.formatted(preferences)
                let typed = amount.typed(preferences)
                #expect(try Money(typed: shown, in: currency) == amount, "\(shown)")
                #expect(try Money(typed: typed, in: currency) == amount, "\(typed)")
            }
        }
    }

    @Test func `random pieces of amounts never trap, and what is read reads back`() {
        let pieces = [
            "0", "1", "12", "999", "000", ".", ",", "'", " ", "-", "−", "$", "USD", "kr.", "٫", "٬", "٣", "e",
            "+",
            "\u{301}", "\u{200D}", "€",
        ]
        var samples = Samples()
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...9, using: &samples))
                .map { _ in pieces.randomElement(using: &samples) ?? "" }.joined()
            for code in ["USD", "JPY", "KWD", "DKK"] {
                let currency = Currency.named(code)
                guard let amount = try? Money(typed: text, in: currency) else { continue }
                let again = try? Money(typed: amount.typed(Preferences(currency: currency)), in: currency)
                #expect(again == amount, "\(text)")
            }
        }
    }
}

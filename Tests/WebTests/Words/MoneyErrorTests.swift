import Expenses
import Templating
import Testing
import Web

struct MoneyErrorTests {
    @Test(arguments: [
        (MoneyError.missing, "Enter an amount, such as 12.50."),
        (.unreadable, "That can't be read as an amount. Write it like 12.50 or 1,234.56."),
        (.tooManyDecimals(allowed: 2), "Use at most 2 decimals, as in 12.50."),
        (.zero, "The amount can't be zero."),
        (.tooLarge, "The largest amount is 999,999,999.99."),
    ])
    func `every refusal says what is allowed`(error: MoneyError, message: String) {
        #expect(error.message(for: Preferences()).english == message)
    }

    @Test func `examples in messages have the user's currency and number format`() {
        let german = Preferences(currency: .named("EUR"), numberFormat: .pointComma)
        #expect(MoneyError.missing.message(for: german).english == "Enter an amount, such as 12,50.")
        #expect(MoneyError.tooLarge.message(for: german).english == "The largest amount is 999.999.999,99.")
        let japanese = Preferences(currency: .named("JPY"))
        #expect(
            MoneyError.tooManyDecimals(allowed: 0).message(for: japanese).english
                == "Use a whole amount, without decimals, as in 12.")
        #expect(MoneyError.tooLarge.message(for: japanese).english == "The largest amount is 999,999,999.")
        let kuwaiti = Preferences(currency: .named("KWD"))
        #expect(
            MoneyError.tooManyDecimals(allowed: 3).message(for: kuwaiti).english
                == "Use at most 3 decimals, as in 12.500.")
    }

    @Test(arguments: [
        (CalculationError.unfinished("+"), "A number is missing after “+” at the end."),
        (.unexpected("*", place: 5), "“*” at place 5 does not fit there. Write it like 3*12.50 or (8+4)/2."),
        (.number("1.2.3", place: 1), "“1.2.3” at place 1 can't be read as a number."),
        (.tooLong, "Use at most 100 characters to calculate an amount."),
        (.tooManyBrackets(place: 11), "At place 11 there are more than 10 open brackets. Use fewer."),
        (.divisionByZero(place: 2), "The sign at place 2 divides by zero."),
    ])
    func `what cannot be calculated is told with its place`(error: CalculationError, message: String) {
        #expect(MoneyError.calculation(error).message(for: Preferences()).english == message)
    }

    @Test(arguments: Currency.all.map(\.code), NumberFormat.allCases)
    func `the largest amount that a message names is taken`(code: String, format: NumberFormat) throws {
        let preferences = Preferences(currency: .named(code), numberFormat: format)
        let message = MoneyError.tooLarge.message(for: preferences).english
        let named = message.dropFirst("The largest amount is ".count).dropLast()
        #expect(
            try Money(typed: String(named), in: preferences.currency)
                == Money.largest(in: preferences.currency))
    }
}

extension Currency {
    fileprivate static func named(_ code: String) -> Currency {
        guard let currency = Currency(code: code) else { preconditionFailure("\(code) is no currency") }
        return currency
    }
}

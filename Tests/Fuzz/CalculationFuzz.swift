/// Feeds any bytes to the amounts that are calculated. The first byte chooses the currency and the way of writing figures.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    guard let choice = input.first else { return 0 }
    let text = String(decoding: input.dropFirst(), as: UTF8.self)
    let preferences = Preferences(
        currency: Currency.all[Int(choice) % Currency.all.count],
        numberFormat: NumberFormat.allCases[Int(choice) % NumberFormat.allCases.count])
    let plain = try? Money(typed: text, in: preferences.currency)
    do throws(MoneyError) {
        let entered = try EnteredAmount(text, preferences)
        let largest = Money.largest(in: preferences.currency)
        precondition(entered.amount != .zero && entered.amount.magnitude <= largest, "out of range")
        // What can be read as it stands is not calculated.
        if case .calculated = entered.reading {
            precondition(plain == nil, "calculated for nothing")
        } else {
            precondition(plain == entered.amount, "an amount has changed")
        }
    } catch {
        switch error {
        case .calculation(.number(_, let place)), .calculation(.unexpected(_, let place)),
            .calculation(.unclosedBracket(let place)), .calculation(.unopenedBracket(let place)),
            .calculation(.tooManyBrackets(let place)), .calculation(.divisionByZero(let place)):
            precondition(1...text.count ~= place, "an error stands beside the text")
        default: break
        }
        precondition(plain == nil, "an amount is refused")
    }
    return 0
}

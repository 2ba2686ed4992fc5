/// Feeds any bytes to everything of the domain that reads text or numbers from outside. Compiled in one module with
/// `Sources/Expenses`; the first byte chooses the currency and the way of writing figures.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    guard let choice = input.first else { return 0 }
    let text = String(decoding: input.dropFirst(), as: UTF8.self)

    let preferences = Preferences(
        currency: Currency.all[Int(choice) % Currency.all.count],
        numberFormat: NumberFormat.allCases[Int(choice) % NumberFormat.allCases.count])
    checkMoney(text, preferences)
    checkDays(text, input)
    checkZones(text, input)
    _ = Expense.ID(text)
    if let cursor = Cursor(text) { precondition(cursor.description == text, "a cursor is not canonical") }
    return 0
}

/// What is read reads back from every form in which it is shown.
private func checkMoney(_ text: String, _ preferences: Preferences) {
    let currency = preferences.currency
    do {
        let amount = try Money(typed: text, in: currency)
        precondition(amount != .zero && amount.magnitude <= Money.largest(in: currency), "out of range")
        let typed = try Money(typed: amount.typed(preferences), in: currency)
        let shown = try Money(typed: amount.formatted(preferences), in: currency)
        let decimal = try Money(decimal: amount.decimal(in: currency), in: currency)
        precondition(typed == amount && shown == amount && decimal == amount, "an amount has changed")
    } catch {
        precondition(error is MoneyError, "only a MoneyError is thrown")
    }
    if let plain = try? Money(decimal: text, in: currency) {
        precondition((try? Money(decimal: plain.decimal(in: currency), in: currency)) == plain)
    }
}

private func checkDays(_ text: String, _ input: [UInt8]) {
    if let day = Day(text) {
        precondition(day.description == text, "a day is not canonical")
        precondition(Day(daysSinceEpoch: day.daysSinceEpoch) == day, "a day has moved")
        _ = day.weekday
    }
    let number = input.prefix(8).reduce(0) { $0 << 8 | Int($1) }
    _ = Day(number: number)
    _ = Day(daysSinceEpoch: number)
    _ = Day.first.advanced(by: number)
    _ = YearMonth.latest.advanced(by: number)
    _ = MonthCalendar(start: number)
    _ = YearMonth(year: number, month: Int(input[0]))
    _ = Money(minorUnits: Int64(number)) + Money(minorUnits: Int64(number))
    _ = Money(minorUnits: Int64(number)).magnitude
}

private func checkZones(_ text: String, _ input: [UInt8]) {
    let instant = input.prefix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) }
    if let rule = ZoneRule(text) { _ = rule.offset(at: ZoneHistory.clamped(instant)) }
    if let zone = Zone(identifier: "Fuzz", data: Array(input.dropFirst())) {
        for instant in [instant, 0, .min, .max] { _ = zone.time(at: instant) }
    }
}

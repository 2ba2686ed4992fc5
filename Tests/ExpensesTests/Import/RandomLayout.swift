import Expenses

/// A history of bookings in a layout that no bank has: headings of a language in any order, with any delimiter, marks,
/// order of dates and way to tell money in from money out.
struct RandomLayout {
    struct Booking {
        let day: Day
        /// Spending positive, in cents.
        let cents: Int64
        let payee: String
        let purpose: String
    }

    private(set) var bookings: [Booking] = []
    private(set) var text = ""
    /// Whether a careful person could read it in two ways.
    private(set) var isOpen = false

    private struct Language {
        let date, valueDate, payee, purpose, amount, out, into, balance, currency, account: String
        let directionHeading, outWord, inWord, salary: String
    }

    private static let languages = [
        Language(
            date: "Date", valueDate: "Value Date", payee: "Payee", purpose: "Description", amount: "Amount",
            out: "Money Out", into: "Money In", balance: "Balance", currency: "Currency",
            account: "Account Number",
            directionHeading: "Debit/Credit", outWord: "Debit", inWord: "Credit", salary: "Salary"),
        Language(
            date: "Buchungstag", valueDate: "Wertstellung", payee: "Empfänger", purpose: "Verwendungszweck",
            amount: "Betrag", out: "Ausgang", into: "Eingang", balance: "Saldo", currency: "Währung",
            account: "IBAN", directionHeading: "Soll/Haben", outWord: "S", inWord: "H", salary: "Gehalt"),
        Language(
            date: "Datum", valueDate: "Rentedatum", payee: "Naam tegenpartij", purpose: "Omschrijving",
            amount: "Bedrag", out: "Af", into: "Bij", balance: "Saldo na mutatie", currency: "Munt",
            account: "Rekeningnummer", directionHeading: "Af Bij", outWord: "Af", inWord: "Bij",
            salary: "Salaris"),
        Language(
            date: "Date d'opération", valueDate: "Date de valeur", payee: "Bénéficiaire", purpose: "Libellé",
            amount: "Montant", out: "Débit", into: "Crédit", balance: "Solde", currency: "Devise",
            account: "Numéro de compte", directionHeading: "Sens", outWord: "Débit", inWord: "Crédit",
            salary: "Salaire"),
        Language(
            date: "Fecha", valueDate: "Fecha valor", payee: "Beneficiario", purpose: "Concepto",
            amount: "Importe",
            out: "Cargo", into: "Abono", balance: "Saldo", currency: "Divisa", account: "Cuenta",
            directionHeading: "Debe/Haber", outWord: "Debe", inWord: "Haber", salary: "Nómina"),
        Language(
            date: "Data operacji", valueDate: "Data waluty", payee: "Odbiorca", purpose: "Tytuł",
            amount: "Kwota",
            out: "Obciążenia", into: "Uznania", balance: "Saldo po operacji", currency: "Waluta",
            account: "Numer rachunku", directionHeading: "Typ", outWord: "Obciążenie", inWord: "Uznanie",
            salary: "Wynagrodzenie"),
        Language(
            date: "Bokföringsdag", valueDate: "Valutadag", payee: "Mottagare", purpose: "Meddelande",
            amount: "Belopp", out: "Uttag", into: "Insättning", balance: "Saldo", currency: "Valuta",
            account: "Kontonummer", directionHeading: "Typ", outWord: "Ut", inWord: "In", salary: "Lön"),
        Language(
            date: "取引日", valueDate: "起息日", payee: "支払先", purpose: "摘要", amount: "金額", out: "出金額",
            into: "入金額", balance: "残高", currency: "通貨", account: "口座番号", directionHeading: "入出金区分",
            outWord: "出金", inWord: "入金", salary: "給与"),
        Language(
            date: "Дата операции", valueDate: "Дата валютирования", payee: "Получатель",
            purpose: "Назначение",
            amount: "Сумма", out: "Расход", into: "Приход", balance: "Остаток", currency: "Валюта",
            account: "Номер счета", directionHeading: "Тип", outWord: "Расход", inWord: "Приход",
            salary: "Зарплата"),
    ]

    private static let shops = [
        "Harbour Bakery", "Corner Café", "Orchard Lettings", "Sample Energy", "City Tram", "Velo Werkstatt",
        "Boulangerie du Port", "Kiosk 24", "Dr. Muster", "Sköna Hem",
    ]

    init(seed: UInt64) {
        var random = SeededGenerator(state: seed)
        func pick<T>(_ items: [T]) -> T { items[Int.random(in: 0..<items.count, using: &random)] }
        func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
        let language = pick(Self.languages)
        let isNewestFirst = chance(50)
        makeBookings(&random, salary: language.salary)
        let delimiter = pick([",", ";", "\t", "|"])
        let hasComma = chance(50)
        let grouping = pick(["", hasComma ? "." : ",", " ", "'"])
        let dates = pick(["iso", "dots", "slashes", "dashes", "compact", "short", "short year first"])
        let dateMark = pick(["-", "/", "."])
        let letters = pick([["A", "B"], ["D", "K"], ["S", "H"], ["U", "P"], ["D", "C"], ["W", "U"]])
        let style = pick(["signed", "signed", "pair", "directed", "negative pair"])
        let hasBalance = chance(50)

        func figures(_ cents: Int64, sign: Bool = true) -> String {
            var whole = String(cents.magnitude / 100)
            var grouped = ""
            while whole.count > 3 {
                grouped = grouping + whole.suffix(3) + grouped
                whole.removeLast(3)
            }
            let fraction = cents.magnitude % 100
            return (sign && cents < 0 ? "-" : "") + whole + grouped + (hasComma ? "," : ".")
                + (fraction < 10 ? "0" : "") + String(fraction)
        }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        func date(_ day: Day) -> String {
            switch dates {
            case "iso": day.description
            case "dots": "\(two(day.dayOfMonth)).\(two(day.month)).\(day.year)"
            case "slashes": "\(two(day.dayOfMonth))/\(two(day.month))/\(day.year)"
            case "dashes": "\(two(day.dayOfMonth))-\(two(day.month))-\(day.year)"
            case "compact": String(day.number)
            case "short year first":
                [day.year % 100, day.month, day.dayOfMonth].map(two).joined(separator: dateMark)
            default: "\(day.dayOfMonth).\(day.month).\(two(day.year % 100))"
            }
        }

        var columns: [(heading: String, cell: (Booking, Int, Int64) -> String)] = [
            (language.date, { booking, _, _ in date(booking.day) }),
            (language.payee, { booking, _, _ in booking.payee }),
            (language.purpose, { booking, _, _ in booking.purpose }),
        ]
        switch style {
        case "signed":
            columns.append(
                (
                    language.amount + pick(["", " (EUR)", " EUR"]),
                    { booking, _, _ in figures(-booking.cents) }
                ))
        case "directed":
            columns.append((language.amount, { booking, _, _ in figures(booking.cents, sign: false) }))
            columns.append(
                (
                    language.directionHeading,
                    { booking, _, _ in booking.cents > 0 ? language.outWord : language.inWord }
                ))
        default:
            let empty = pick(["", figures(0)])
            let isNegative = style == "negative pair"
            columns.append(
                (
                    language.out,
                    { booking, _, _ in
                        booking.cents > 0 ? figures(isNegative ? -booking.cents : booking.cents) : empty
                    }
                ))
            columns.append(
                (language.into, { booking, _, _ in booking.cents < 0 ? figures(-booking.cents) : empty }))
        }
        if hasBalance { columns.append((language.balance, { _, _, balance in figures(balance) })) }
        if chance(30) { columns.append((language.valueDate, { booking, _, _ in date(booking.day) })) }
        if chance(40) { columns.append((language.currency, { _, _, _ in "EUR" })) }
        if chance(30) { columns.append((language.account, { _, _, _ in "DE02120300000000202051" })) }
        if chance(20) { columns.append(("Nr", { _, number, _ in String(number) })) }
        // The letters say nothing about the booking.
        let hasLetters = chance(20)
        let lettersHeading = pick(["Zone", "Klasse", "Code", ""])
        if hasLetters {
            columns.append((lettersHeading, { _, number, _ in letters[number * number / 3 % 2] }))
        }
        columns.shuffle(using: &random)

        func line(_ cells: [String]) -> String {
            cells.map { cell in
                cell.contains(delimiter) || cell.contains("\"") || cell.contains("'") && false
                    ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
            }.joined(separator: delimiter) + "\n"
        }
        if chance(30) { text += line(["Kim Example", "DE02120300000000202051"]) + "\n" }
        text += line(columns.map(\.heading))
        var balance: Int64 = 500_000
        var lines: [String] = []
        for (number, booking) in bookings.enumerated() {
            balance -= booking.cents
            lines.append(line(columns.map { $0.cell(booking, number + 1, balance) }))
        }
        if isNewestFirst {
            lines.reverse()
            bookings.reverse()
        }
        text += lines.joined()
        let readsEitherWay = bookings.allSatisfy { $0.day.dayOfMonth <= 12 }
        isOpen = readsEitherWay && (dates == "slashes" || dates == "dashes")
        if dates == "short year first" {
            // Read the other way, days are years: only where all are close is there anything to ask.
            let (days, all) = (bookings.map(\.day.dayOfMonth), bookings.map(\.day.daysSinceEpoch))
            let years = (days.max() ?? 0) - (days.min() ?? 0)
            isOpen = ((all.max() ?? 0) - (all.min() ?? 0)) * 8 >= 365 * (years - 1)
        }
    }

    /// Oldest first.
    private mutating func makeBookings(_ random: inout SeededGenerator, salary: String) {
        var day = Day(daysSinceEpoch: Int.random(in: 19_000...20_500, using: &random))
        for number in 0..<Int.random(in: 4...14, using: &random) {
            guard let booked = day else { return }
            let isSalary = number % 5 == 2
            bookings.append(
                Booking(
                    day: booked,
                    cents: isSalary
                        ? -Int64.random(in: 100_000...400_000, using: &random)
                        : Int64.random(in: 100...150_000, using: &random),
                    payee: isSalary
                        ? "Example Ltd" : Self.shops[Int.random(in: 0..<Self.shops.count, using: &random)],
                    purpose: isSalary ? salary : number % 3 == 0 ? "" : "Order \(1000 + number)"))
            day = Day(daysSinceEpoch: booked.daysSinceEpoch + Int.random(in: 0...9, using: &random))
        }
    }
}

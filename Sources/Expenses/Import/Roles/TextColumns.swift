/// The columns that a row's text is taken from, the best one first.
struct TextColumns {
    let all: [Int]
    /// Those of them that name who paid, and who was paid.
    let senders: [Int]
    let recipients: [Int]

    /// `kinds` hold kinds of bookings; `excluded` hold something else.
    init(_ columns: TableColumns, kinds: [Int], excluded: Set<Int>) {
        let others = columns.all.filter { !excluded.contains($0.index) && $0.dated < 0.5 }
        let texts = others.filter { column in
            column.letters > 1.5 && !column.isCode && column.currencies == nil && !column.isNumeric
        }
        // Where nothing reads like a text, short codes and figures are one under a heading that says so.
        let named = texts.isEmpty ? others.filter(TextColumns.isNamed) : []
        let ranked = (texts + named).map {
            (rank: TextColumns.rank($0, isKind: kinds.contains($0.index)), column: $0)
        }
        let best = ranked.sorted { ($0.rank, -$0.column.index) > ($1.rank, -$1.column.index) }
            .prefix(Self.most).map(\.column)
        all = best.map(\.index)
        func names(_ column: Column, _ side: Vocabulary) -> Bool { column.heading.contains(where: side.has) }
        senders = best.filter { names($0, Self.senders) && !names($0, Self.recipients) }.map(\.index)
        recipients = best.filter { names($0, Self.recipients) && !names($0, Self.senders) }.map(\.index)
    }

    /// Columns of text that are looked at in each row.
    private static let most = 12

    private static func isNamed(_ column: Column) -> Bool {
        column.filled > 0 && column[.payee] + column[.purpose] > 0 && column[.other] + column[.amount] == 0
    }

    private static func rank(_ column: Column, isKind: Bool) -> Double {
        var rank =
            column[.payee] > 0
            ? 20.0 + Double(column[.payee]) / 2
            : column[.purpose] > 0 ? 10.0 + Double(column[.purpose]) / 2 : 0
        if isKind, column[.payee] == 0 { rank -= column[.purpose] > 0 ? 6 : 12 }
        // A purpose that many rows lack is what goes with another text.
        if column[.payee] == 0 { rank -= 10 * (1 - column.filled) }
        if column[.category] > 0 { rank -= 30 }
        // The holder's own name is the same in each row.
        if column.isConstant, column.cells.count(where: { !$0.isEmpty }) > 2 { rank -= 25 }
        if column[.original] > 0 { rank -= 4 }
        if column.heading.contains(where: { $0.hasPrefix("refer") }) { rank -= 3 }
        // Small letters alone are a program's idea of the text, which stands elsewhere as it was.
        if column.letters > 0, column.cells.allSatisfy({ $0 == $0.lowercased() }),
            !column.cells.allSatisfy({ $0 == $0.uppercased() })
        {
            rank -= 12
        }
        if column[.other] > 0, column[.payee] == 0 { rank -= 14 }
        if column[.other] > 0, column.heading.contains(where: Self.places.has) { rank -= 30 }
        if column.heading.contains(where: Self.holders.has) { rank -= 30 }
        // Of several without a name, the one that says most.
        let variety = Double(column.distinct) / Double(max(column.cells.count { !$0.isEmpty }, 1))
        return rank + min(column.letters, 40) / 10 * (0.3 + 0.7 * variety)
    }

    private static let senders = Vocabulary(
        "source* sender* payer* from auftraggeber* zahlungspflicht* absender* nadawc* zleceniod* ordonator* ordenante* ordinante* gonder* avsandare* afsender* avsender* emetteur donneur remitente platce platitel* отправител* плательщик* 付款方"
    )
    private static let recipients = Vocabulary(
        "destination* target* recipient* beneficiar* beneficiai* payee* to empfanger* empfaenger* *empfanger odbiorc* alici* mottagare* modtager* mottaker* destinatari* prijemce* получател* 收款方"
    )
    private static let places = Vocabulary(
        "address* adress* adres indirizzo* city ort town land country* bank* email* mail* url* place* town* state"
    )
    private static let holders = Vocabulary(
        "holder* inhaber* kontoinhaber owner provedl symbol emoji icon color* attachment* tag tags labels zeitzone timezone"
    )
}

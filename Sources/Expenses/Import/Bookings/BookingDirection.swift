/// Which way money goes, by a word in a column of its own.
enum BookingDirection: Sendable {
    case out
    case into
    /// Counted neither as spending nor as income.
    case neither

    /// Single letters say less than words: they may be initials of anything.
    enum Letters {
        /// Of debit and credit, Soll and Haben.
        case known
        case rare
    }

    /// The direction of each different text of a column; nil where one of them says nothing about it.
    static func directions(
        of texts: Set<String>
    ) -> (directions: [String: BookingDirection], letters: Letters?)? {
        // One letter means something only beside its counterpart.
        let letters = Set(texts.map { $0.lowercased() })
        if let (out, _, kind) = letterPairs.first(where: { letters == [$0.out, $0.into] }) {
            let pairs = texts.map { ($0, $0.lowercased() == out ? BookingDirection.out : .into) }
            return (Dictionary(uniqueKeysWithValues: pairs), kind)
        }
        var found: [String: BookingDirection] = [:]
        for text in texts {
            guard let direction = direction(of: text) else { return nil }
            found[text] = direction
        }
        return (found, nil)
    }

    private static let letterPairs: [(out: String, into: String, kind: Letters?)] = [
        ("-", "+", nil), ("d", "c", .known), ("d", "k", .known), ("s", "h", .known), ("d", "h", .rare),
        ("t", "j", .rare), ("a", "b", .rare), ("u", "p", .rare), ("w", "u", .rare), ("v", "p", .rare),
    ]

    /// Nil for a text that says nothing about it.
    static func direction(of text: String) -> BookingDirection? {
        var words = Vocabulary.words(of: text)
        // "Money in" says it, "transfer in euro" does not.
        if let last = words.indices.last {
            words = words.indices.filter { $0 == last || !prepositions.contains(words[$0]) }.map { words[$0] }
        }
        if neitherWords.isIn(words) { return .neither }
        let (isOut, isIn) = (outWords.isIn(words), intoWords.isIn(words))
        guard isOut != isIn, words.count <= 3 else { return nil }
        return isOut ? .out : .into
    }

    private static let prepositions: Set<String> = ["in", "out", "af", "ut", "ud", "ind", "inn", "bij"]
    private static let neitherWords = Vocabulary("neutral neither transfer transfers umbuchung 不计收支 不计入收支 /")
    private static let outWords = Vocabulary(
        """
        dr dt db dbit debit debe dare debet debito soll af out outgoing outflow expense expenses expenditure spend spending ausgabe ausgang
        belastung lastschrift sale purchase charge withdrawal withdraw depense uscita addebito cargo gasto egreso saida despesa
        uitgave uitgaand utgift ut ud udgift pano otto meno wydatek obciazenie wychodzaca wydatki vydaj vydej odchozi terheles
        kiadas gider borc cheltuiala rashod isplata расход списание дебет витрата χρεωση 支出 出金 支付 출금 지출
        """)
    private static let intoWords = Vocabulary(
        """
        cr crdt ct avere credit kredit credito haben bij in incoming inflow income revenue deposit return refund einnahme eingang gutschrift
        recette revenu entrata accredito abono ingreso haber entrada receita inkomst inkomend ind inn indtaegt inntekt tulo
        wplyw uznanie przychod przychodzaca prijem prichozi jovairas bevetel gelir alacak venit incasare prihod uplata доход
        приход зачисление кредит дохід πιστωση 收入 入金 입금 수입
        """)
}

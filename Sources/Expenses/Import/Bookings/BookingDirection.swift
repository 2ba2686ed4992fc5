/// Which way money goes, by a word in a column of its own.
enum BookingDirection: Sendable {
    case out
    case into
    /// Counted neither as spending nor as income.
    case neither

    /// The direction of each different text of a column; nil where one of them says nothing about it.
    static func directions(of texts: Set<String>) -> [String: BookingDirection]? {
        var found: [String: BookingDirection] = [:]
        // One letter means something only beside its counterpart.
        let letters = Set(texts.map { $0.lowercased() })
        for (out, into) in letterPairs where letters == [out, into] || letters == [out] || letters == [into] {
            for text in texts { found[text] = text.lowercased() == out ? .out : .into }
            // A single letter in all rows is as good as none, unless its counterpart is no letter of another pair.
            if letters.count == 2 { return found }
        }
        found = [:]
        for text in texts {
            guard let direction = direction(of: text) else { return nil }
            found[text] = direction
        }
        return found
    }

    private static let letterPairs = [
        ("d", "c"), ("d", "k"), ("s", "h"), ("d", "h"), ("t", "j"), ("a", "b"), ("-", "+"), ("u", "p"),
        ("w", "u"), ("v", "p"),
    ]

    /// Nil for a text that says nothing about it.
    static func direction(of text: String) -> BookingDirection? {
        let words = Vocabulary.words(of: text)
        if neitherWords.isIn(words) { return .neither }
        let (isOut, isIn) = (outWords.isIn(words), intoWords.isIn(words))
        guard isOut != isIn, words.count <= 3 else { return nil }
        return isOut ? .out : .into
    }

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

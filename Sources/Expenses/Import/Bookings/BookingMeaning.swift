/// What the words of a text say about a booking.
struct BookingMeaning: OptionSet, Sendable {
    let rawValue: UInt16

    static let income = BookingMeaning(rawValue: 1)
    static let refund = BookingMeaning(rawValue: 2)
    static let ownTransfer = BookingMeaning(rawValue: 4)
    static let transferKind = BookingMeaning(rawValue: 8)
    static let cardPayment = BookingMeaning(rawValue: 16)
    static let card = BookingMeaning(rawValue: 32)
    static let notBooked = BookingMeaning(rawValue: 64)
    static let booked = BookingMeaning(rawValue: 128)
    /// It may stand in the name of a balance; `balanceNoun` has to.
    static let balance = BookingMeaning(rawValue: 256)
    static let balanceNoun = BookingMeaning(rawValue: 512)
    static let expenseKind = BookingMeaning(rawValue: 1024)

    private static let vocabularies: [(BookingMeaning, Vocabulary)] = [
        (.income, BookingWords.income), (.refund, BookingWords.refund),
        (.ownTransfer, BookingWords.ownTransfer),
        (.transferKind, BookingWords.transferKind), (.cardPayment, BookingWords.cardPayment),
        (.card, BookingWords.card), (.notBooked, BookingWords.notBooked), (.booked, BookingWords.booked),
        (.balance, BookingWords.balance), (.balance, BookingWords.balanceFiller),
        ([.balance, .balanceNoun], BookingWords.balanceNoun), (.expenseKind, BookingWords.expenseKind),
    ]

    /// By the first word.
    private static let phrases: [String: [(words: [String], meaning: BookingMeaning)]] = {
        var phrases: [String: [([String], BookingMeaning)]] = [:]
        for (meaning, vocabulary) in vocabularies {
            for (first, all) in vocabulary.phrases {
                phrases[first, default: []] += all.map { ($0, meaning) }
            }
        }
        return phrases
    }()

    /// Of one word.
    fileprivate static func meaning(of word: String) -> BookingMeaning {
        vocabularies.reduce(into: []) { meaning, entry in
            if entry.1.has(word) { meaning.formUnion(entry.0) }
        }
    }

    fileprivate static func meaning(ofPhraseAt place: Int, in words: [String]) -> BookingMeaning {
        (phrases[words[place]] ?? []).reduce(into: []) { meaning, phrase in
            if words[place...].starts(with: phrase.words) { meaning.formUnion(phrase.meaning) }
        }
    }
}

/// Looks meanings up, and keeps those of words and texts that come again.
struct BookingMeanings {
    /// What a text says, and whether it is nothing but the name of a balance.
    struct Text {
        var meaning: BookingMeaning = []
        var isBalance = false
        /// A petrol company is called Total, so that the word alone is no proof of a sum.
        var mayBeShop = false
        var wordCount = 0
    }

    private var words: [String: BookingMeaning] = [:]
    private var texts: [String: Text] = [:]
    /// Words and texts that are kept at a time.
    private static let most = 20_000

    mutating func text(_ cell: String) -> Text {
        if let known = texts[cell] { return known }
        let words = Vocabulary.words(of: cell)
        var text = Text(wordCount: words.count)
        var isBalance = cell.utf8.count <= 80
        for (place, word) in words.enumerated() {
            let meaning = meaning(of: word)
            text.meaning.formUnion(meaning)
            text.meaning.formUnion(.meaning(ofPhraseAt: place, in: words))
            if !meaning.contains(.balance), !word.utf8.contains(where: isDigit) { isBalance = false }
        }
        text.isBalance = isBalance && text.meaning.contains(.balanceNoun)
        text.mayBeShop = words.filter { !$0.utf8.contains(where: isDigit) } == ["total"]
        if texts.count >= Self.most { texts.removeAll(keepingCapacity: true) }
        texts[cell] = text
        return text
    }

    private mutating func meaning(of word: String) -> BookingMeaning {
        if let known = words[word] { return known }
        let meaning = BookingMeaning.meaning(of: word)
        if words.count >= Self.most { words.removeAll(keepingCapacity: true) }
        words[word] = meaning
        return meaning
    }
}

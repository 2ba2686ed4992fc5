/// How a count stands beside what is counted, in one language's words: "1 expense", "12 expenses".
///
/// Made once, as a page has such a text in every other line of its charts.
package final class CountWords: Sendable {
    package enum Kind: Int, CaseIterable, Sendable {
        case expenses

        fileprivate var sentence: Message {
            switch self {
            case .expenses: Message("{count} expense", plural: "{count} expenses", count: 0)
            }
        }
    }

    private struct Form: Sendable {
        let before: Range<Int>
        let after: Range<Int>
        /// Some languages have words of their own for one and two.
        let showsCount: Bool
    }

    /// All texts one after the other.
    private let text: [UInt8]
    private let forms: [[Form]]
    private let rules: [PluralRule]

    /// `words` gives a sentence's forms and the rule that chooses among them.
    init(isRightToLeft: Bool, _ words: (Message.Sentence) -> (forms: [String], rule: PluralRule)) {
        var text: [UInt8] = []
        func add(_ part: Substring) -> Range<Int> {
            let start = text.count
            text += part.utf8
            return start..<text.count
        }
        var forms: [[Form]] = []
        var rules: [PluralRule] = []
        for kind in Kind.allCases {
            guard case .sentence(let sentence) = kind.sentence.content else { continue }
            let (texts, rule) = words(sentence)
            rules.append(rule)
            forms.append(
                texts.map { form in
                    guard let place = form.firstRange(of: "{count}") else {
                        return Form(before: add(form[...]), after: add(""), showsCount: false)
                    }
                    // As around each value of a sentence.
                    let (start, end) = isRightToLeft ? ("\u{2068}", "\u{2069}") : ("", "")
                    return Form(
                        before: add(form[..<place.lowerBound] + start),
                        after: add(end + form[place.upperBound...]), showsCount: true)
                })
        }
        self.text = text
        self.forms = forms
        self.rules = rules
    }

    /// - Parameter figures: the count as the page writes numbers.
    package func write(_ kind: Kind, _ count: Int, figures: Span<UInt8>, to output: inout Output) {
        let form = forms[kind.rawValue][rules[kind.rawValue].form(for: count)]
        let bytes = self.text
        let text = bytes.span
        output.append(text.extracting(form.before))
        if form.showsCount { output.append(figures) }
        output.append(text.extracting(form.after))
    }
}

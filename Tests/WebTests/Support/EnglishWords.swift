import Templating

/// The words of the program's English sentences that the translations into another language do not use.
struct EnglishWords {
    private var words: Set<String> = []

    /// Without the words of `data`, which users have typed.
    init(
        _ entries: [MessageSources.Entry], notOf translation: Translation, norOf data: [String]
    ) {
        for entry in entries {
            words.formUnion(Self.words(of: entry.english))
            words.formUnion(Self.words(of: entry.plural ?? ""))
        }
        for entry in entries {
            for form in translation.forms(of: entry.english, context: entry.context) {
                words.subtract(Self.words(of: form))
            }
        }
        for text in data { words.subtract(Self.words(of: text)) }
    }

    func found(in text: String) -> [String] { Self.words(of: text).filter(words.contains) }

    /// Runs of three letters or more, without the names of values and elements.
    private static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var closing: Character?
        for character in text {
            if character == closing { closing = nil }
            if closing == nil, character == "{" { closing = "}" }
            if closing == nil, character == "<" { closing = ">" }
            if closing == nil, character.isLetter {
                word.append(character)
            } else if !word.isEmpty {
                if word.count > 2 { words.append(word) }
                word = ""
            }
        }
        return word.count > 2 ? words + [word] : words
    }
}

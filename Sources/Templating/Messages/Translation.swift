/// One of the languages that pages are shown in.
package struct Language: Hashable, Sendable {
    /// As in HTML's `lang` (RFC 5646): `pt-BR`.
    package let code: String
    /// In the language itself: `Português (Brasil)`.
    package let name: String
    package let isRightToLeft: Bool

    package static let english = Language(code: "en", name: "English", isRightToLeft: false)
}

/// All texts of one language.
package final class Translation: Sendable {
    package let language: Language
    /// The names of months and weekdays, and how they make dates.
    package let calendar: CalendarWords
    package let counts: CountWords
    private let catalog: MessageCatalog
    private let plural: PluralRule

    package static let english = Translation()

    private init() {
        language = .english
        catalog = MessageCatalog()
        plural = .english
        calendar = CalendarWords { $0.english }
        counts = CountWords(isRightToLeft: false) { ([$0.english, $0.plural ?? $0.english], .english) }
    }

    /// Throws where the file is not read, or where its `Plural-Forms` are not.
    init(_ language: Language, _ source: TemplateSource) throws(TemplateError) {
        self.language = language
        let catalog = try MessageCatalog(source)
        self.catalog = catalog
        let plural: PluralRule
        do { plural = try PluralRule(catalog.header["Plural-Forms"] ?? "") } catch {
            throw source.error(at: 0, "the header has no Plural-Forms that can be read")
        }
        self.plural = plural
        calendar = CalendarWords { word in
            catalog.entries[.init(context: word.context, english: word.english)]?.first ?? word.english
        }
        counts = CountWords(isRightToLeft: language.isRightToLeft) { sentence in
            let forms = catalog.entries[.init(context: sentence.context, english: sentence.english)] ?? []
            return forms.count == plural.forms
                ? (forms, plural) : ([sentence.english, sentence.plural ?? sentence.english], .english)
        }
    }

    /// With the places of its values still in it; in English where it has no translation.
    func text(of sentence: Message.Sentence) -> String {
        guard let plural = sentence.plural else {
            return translation(of: sentence.english, context: sentence.context) ?? sentence.english
        }
        let key = MessageCatalog.Key(context: sentence.context, english: sentence.english)
        if let forms = catalog.entries[key] {
            let form = self.plural.form(for: sentence.count)
            if form < forms.count { return forms[form] }
        }
        return PluralRule.english.form(for: sentence.count) == 0 ? sentence.english : plural
    }

    /// How many forms the language has for counts.
    package var pluralForms: Int { plural.forms }

    /// All translations of a sentence, one for each form of its count; empty where there is none.
    package func forms(of english: String, context: String) -> [String] {
        catalog.entries[MessageCatalog.Key(context: context, english: english)] ?? []
    }

    func translation(of english: String, context: String = "") -> String? {
        catalog.entries[MessageCatalog.Key(context: context, english: english)]?.first
    }
}

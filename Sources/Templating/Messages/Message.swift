/// A sentence of the program: in English where it is written, in the page's language where it is shown.
///
/// ```swift
/// Message("Saved {amount}, in {category}.", ["amount": wording.money(amount), "category": category.name])
/// Message("{count} expense", plural: "{count} expenses", count: 3, ["count": wording.number(3)])
/// Message("May", context: "month alone")
/// Message(verbatim: category.name)
/// ```
///
/// The English text is a literal, so that it is found for `messages.pot`, and a whole sentence: other languages have
/// another order of words. The names of its values stand in it between braces.
public struct Message: Hashable, Sendable {
    enum Content: Hashable, Sendable {
        case verbatim(String)
        case sentence(Sentence)
        indirect case list([Message], separator: Message)
        case date(Date)
    }

    /// See `CalendarWords.write`. As small as a text, so that a message needs no memory of its own for it.
    struct Date: Hashable, Sendable {
        let style: CalendarWords.Style
        let weekday: Int8
        let day: Int8
        let month: Int8
        let year: Int16
    }

    /// A class, so that a message that is copied counts one reference.
    final class Sentence: Hashable, Sendable {
        let english: String
        /// Tells two meanings of one English text apart; empty where there is one meaning.
        let context: String
        /// The English text for other counts than one; nil for a sentence without a count.
        let plural: String?
        let count: Int
        let values: [Value]

        init(
            _ english: String, context: String = "", plural: String? = nil, count: Int = 0, _ values: [Value]
        ) {
            self.english = english
            self.context = context
            self.plural = plural
            self.count = count
            self.values = values
        }

        static func == (left: Sentence, right: Sentence) -> Bool {
            left.english == right.english && left.context == right.context && left.plural == right.plural
                && left.count == right.count && left.values == right.values
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(english)
            hasher.combine(values)
        }
    }

    struct Value: Hashable, Sendable {
        let name: String
        let value: Message
    }

    let content: Content

    package init(
        _ english: String, context: String = "",
        _ values: KeyValuePairs<String, any MessageArgument> = [:]
    ) {
        content = .sentence(Sentence(english, context: context, Message.values(values)))
    }

    /// - Parameter count: chooses the form; where it is to be shown, it is among the values as well.
    package init(
        _ english: String, plural: String, count: Int,
        _ values: KeyValuePairs<String, any MessageArgument> = [:]
    ) {
        content = .sentence(Sentence(english, plural: plural, count: count, Message.values(values)))
    }

    /// What has no translation: what people typed, figures, names.
    package init(verbatim text: String) {
        content = .verbatim(text)
    }

    /// `Groceries, called “Tea House”`: each for itself, with the language's comma between them.
    package init(list items: [Message], separator: Message = Message.comma) {
        content = items.count == 1 ? items[0].content : .list(items, separator: separator)
    }

    /// See `CalendarWords.write`.
    package init(
        date style: CalendarWords.Style, weekday: Int = 0, day: Int = 0, month: Int, year: Int = 0
    ) {
        content = .date(
            Date(
                style: style, weekday: Int8(weekday), day: Int8(day), month: Int8(month), year: Int16(year)))
    }

    package static let empty = Message(verbatim: "")

    package static let comma = Message(", ", context: "between the items of a list")
    package static let semicolon = Message("; ", context: "between the items of a list that have commas")

    private static func values(_ values: KeyValuePairs<String, any MessageArgument>) -> [Value] {
        values.map { Value(name: $0.key, value: $0.value.message) }
    }
}

extension Message: TemplateValue {
    public var isEmpty: Bool {
        switch content {
        case .verbatim(let text): text.isEmpty
        case .list(let items, _): items.isEmpty
        case .sentence, .date: false
        }
    }

    public func write(to output: inout Output) {
        switch content {
        case .verbatim(let text): output.append(text)
        case .sentence(let sentence): sentence.write(to: &output)
        case .list(let items, let separator):
            for (index, item) in items.enumerated() {
                if index > 0 { separator.write(to: &output) }
                item.write(to: &output)
            }
        case .date(let date):
            output.translation.calendar.write(
                date.style, weekday: Int(date.weekday), day: Int(date.day), month: Int(date.month),
                year: Int(date.year), to: &output)
        }
    }
}

extension Message {
    /// The text in that language, for where no page is: a header, a file, a name that is stored.
    package func text(in translation: Translation) -> String {
        String(decoding: Output.bytes(room: 128, translation) { write(to: &$0) }, as: UTF8.self)
    }

    /// The English text, for logs, the API and tests.
    package var english: String { text(in: .english) }
}

extension Message.Sentence {
    fileprivate func write(to output: inout Output) {
        let translation = output.translation
        let text = translation.text(of: self)
        guard !values.isEmpty else { return output.append(text) }
        let bytes = text.utf8.span
        var written = 0
        var place = 0
        while place < bytes.count {
            guard bytes[place] == UInt8(ascii: "{"),
                let value = value(named: bytes.extracting((place + 1)...))
            else {
                place += 1
                continue
            }
            output.append(bytes.extracting(written..<place))
            write(value.value, in: translation, to: &output)
            place += value.name.utf8.count + 2
            written = place
        }
        output.append(bytes.extracting(written...))
    }

    /// The value whose name those bytes begin with, and a brace after it.
    private func value(named bytes: Span<UInt8>) -> Message.Value? {
        for value in values {
            let name = value.name.utf8.span
            guard name.count < bytes.count, bytes[name.count] == UInt8(ascii: "}") else { continue }
            if name.indices.allSatisfy({ name[$0] == bytes[$0] }) { return value }
        }
        return nil
    }

    /// Between U+2068 and U+2069 in languages written from right to left, so that what is written from left to right
    /// does not take its neighbours along (Unicode Standard Annex #9, 2.7).
    private func write(_ value: Message, in translation: Translation, to output: inout Output) {
        guard translation.language.isRightToLeft, case .verbatim = value.content else {
            return value.write(to: &output)
        }
        output.append("\u{2068}" as StaticString)
        value.write(to: &output)
        output.append("\u{2069}" as StaticString)
    }
}

/// What stands in a sentence between braces.
package protocol MessageArgument {
    var message: Message { get }
}

extension Message: MessageArgument {
    package var message: Message { self }
}

extension String: MessageArgument {
    package var message: Message { Message(verbatim: self) }
}

extension Substring: MessageArgument {
    package var message: Message { Message(verbatim: String(self)) }
}

extension Int: MessageArgument {
    package var message: Message { Message(verbatim: String(self)) }
}

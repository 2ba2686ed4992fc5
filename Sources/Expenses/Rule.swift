/// What is done with a description that contains a text, when a file is imported, or an expense is typed without a
/// category.
package struct Rule: Hashable, Sendable {
    package typealias ID = Identifier<Rule>

    package var id: ID
    /// What a description has to contain, as a search finds it: without case and accents.
    package var text: String
    /// Nil leaves the category to what decides otherwise.
    package var category: Category.ID?
    /// What an imported expense is called; empty for what the file calls it.
    package var newDescription: String
    /// Becomes a word of an imported expense's description, with a `#` in front; empty for none.
    package var tag: String
    /// Whether a row is left out of an import.
    package var leavesOut: Bool

    package init(
        id: ID, text: String, category: Category.ID? = nil, newDescription: String = "", tag: String = "",
        leavesOut: Bool = false
    ) {
        self.id = id
        self.text = text
        self.category = category
        self.newDescription = newDescription
        self.tag = tag
        self.leavesOut = leavesOut
    }

    /// What an imported expense is called. A tag that would make it too long is left out.
    func description(of text: String) -> String {
        let name = newDescription.isEmpty ? text : newDescription
        return tag.isEmpty ? name : Tag.adding(tag, to: name) ?? name
    }

    /// An account may have that many.
    package static let most = 100
    /// The longest text, in characters; its bytes are four times that at most.
    package static let longestText = 100
}

/// A user's rules, ready to be tried on many descriptions.
package struct Rules: Sendable {
    private let rules: [(key: [UInt8], rule: Rule)]

    /// In the order in which they are tried.
    package init(_ rules: [Rule]) {
        self.rules = rules.map { (Array(searchKey($0.text).utf8), $0) }.filter { !$0.0.isEmpty }
    }

    package var isEmpty: Bool { rules.isEmpty }

    /// The first rule that fits a description: it contains the rule's text, or does so without its digits and marks.
    package func first(for description: String) -> Rule? {
        guard !rules.isEmpty, !description.isEmpty else { return nil }
        // No rule's text has a line's end, so that none is found across the two.
        let keys = Array("\(searchKey(description))\n\(ImportReading.payeeKey(description))".utf8)
        return rules.first { Rules.contains($0.key, in: keys) }?.rule
    }

    private static func contains(_ part: [UInt8], in whole: [UInt8]) -> Bool {
        let (part, whole) = (part.span, whole.span)
        guard part.count <= whole.count else { return false }
        for start in 0...(whole.count - part.count) where whole[start] == part[0] {
            var length = 1
            while length < part.count, whole[start + length] == part[length] { length += 1 }
            if length == part.count { return true }
        }
        return false
    }
}

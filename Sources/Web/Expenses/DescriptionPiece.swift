import Expenses
import Templating

/// A part of a description: a tag, which leads to what has it, or what stands between tags.
struct DescriptionPiece: TemplateModel {
    var text: String
    /// Nil between tags.
    var address: TagAddress?

    static let fields: TemplateFields<Self> = [
        "text": .field { $0.text },
        "address": .field { $0.address },
    ]

    /// Bytes that the links of one row may take, so that no text makes a page of fifty rows heavy: one long tag, or some
    /// short ones. The others are shown as text.
    private static let room = 160
    /// Of a link without its tag.
    private static let link = #"<a href="/expenses?tag="></a>"#.utf8.count

    /// The parts of what a list shows of a description.
    static func all(of excerpt: Excerpt) -> [DescriptionPiece] {
        let text = excerpt.shown
        var pieces: [DescriptionPiece] = []
        var room = room
        var place = text.startIndex
        // A tag that is cut is another one.
        for word in Tag.words(in: text) where excerpt.isWhole || word.range.upperBound < excerpt.end {
            room -= link + word.key.utf8.count
            guard room >= 0 else { break }
            append(text.unicodeScalars[place..<word.range.lowerBound], nil, to: &pieces)
            append(text.unicodeScalars[word.range], TagAddress(key: word.key), to: &pieces)
            place = word.range.upperBound
        }
        append(text.unicodeScalars[place...], nil, to: &pieces)
        return pieces
    }

    private static func append(
        _ part: String.UnicodeScalarView.SubSequence, _ address: TagAddress?,
        to pieces: inout [DescriptionPiece]
    ) {
        if !part.isEmpty { pieces.append(DescriptionPiece(text: String(part), address: address)) }
    }
}

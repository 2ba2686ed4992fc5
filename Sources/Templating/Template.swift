import Synchronization

/// A page, compiled with its layout and partials for one kind of model.
///
/// What a template can say:
///
/// ```html
/// {{amount}} {{frame.title}}                        a text or value, escaped for the place where it stands
/// {{#if flag}}…{{else if not rows}}…{{else}}…{{/if}}   a flag, or whether a text, list or record is there
/// {{#each rows}}…{{else}}none{{/each}}              inside, names are those of the row, and of it alone
/// {{#with note}}…{{else}}none{{/with}}              opens a record: inside, names are those of the record
/// {{> partials/row}}                                another file, as if it stood here
/// {{#layout "layout"}} {{#block "content"}}…{{/block}}   first in a page: the layout it fills
/// {{block "content"}} {{#block "title"}}default{{/block}}   in a layout: the places to fill
/// {{! a comment }} {{!-- one with }} in it --}}
/// ```
///
/// A line that holds one of these alone, other than a text, leaves no empty line behind. A text stands in the page's
/// text or in a quoted attribute; addresses (`href`, `src`, `action`, …) that would run a script become `#`. What a
/// value could break out of (tags, names, unquoted values, comments, scripts, styles) is refused at start, and
/// there is no way around the escaping.
package struct Template<Model: TemplateModel>: Sendable {
    private let program: TemplateProgram<Model>
    private let translation: Translation
    private let length = RecentLength()

    init(_ program: TemplateProgram<Model>, _ translation: Translation) {
        self.program = program
        self.translation = translation
    }

    /// The page as UTF-8.
    package func render(_ model: Model) -> [UInt8] {
        let page = Output.bytes(room: length.room, translation) { program.run(model, &$0) }
        length.note(page.count)
        return page
    }
}

/// How long a page was lately, which is about how long it will be. A page that turns out longer is made twice, so the
/// longest counts at once, and shorter ones only little by little: users take turns.
private final class RecentLength: Sendable {
    /// A page that is longer says nothing about the next one's, which may be another user's.
    private static let most = 64 * 1024

    private let bytes = Atomic(1024)

    /// A little more than the longest page took lately.
    var room: Int {
        let bytes = bytes.load(ordering: .relaxed)
        return bytes + bytes / 8 + 64
    }

    func note(_ count: Int) {
        let count = min(count, Self.most)
        let longest = bytes.load(ordering: .relaxed)
        // Written only when it tells something new: a write takes the line from all other threads.
        if count > longest {
            bytes.store(count, ordering: .relaxed)
        } else if longest - count > longest / 4 {
            bytes.store(longest - (longest - count) / 16, ordering: .relaxed)
        }
    }
}

/// A page, compiled with its layout and partials for one kind of model.
///
/// What a template can say:
///
/// ```html
/// {{amount}} {{frame.title}}                        a text, escaped for the place where it stands
/// {{#if flag}}…{{else if not rows}}…{{else}}…{{/if}}   a flag, or whether a text, list or record is there
/// {{#each rows}}…{{else}}none{{/each}}              names are looked up in the row, then in what is around it
/// {{#with note}}…{{else}}none{{/with}}              opens a record
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
    private let program: Program

    init(program: Program) {
        self.program = program
    }

    /// Appends the page as UTF-8.
    package func render(_ model: Model, into output: inout [UInt8]) {
        unsafe withUnsafePointer(to: model) { program.render(unsafe ModelPointer($0), into: &output) }
    }
}

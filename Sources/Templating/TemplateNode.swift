/// A piece of a parsed template. An offset is where its tag begins in the file.
indirect enum TemplateNode: Sendable {
    case text(Range<Int>)
    case variable(Path, offset: Int)
    case conditional([Branch], otherwise: [TemplateNode]?, offset: Int)
    /// `{{#each}}`, with what is shown when the list is empty.
    case each(Path, body: [TemplateNode], otherwise: [TemplateNode]?, offset: Int)
    /// `{{#with}}`, with what is shown when the model is absent.
    case with(Path, body: [TemplateNode], otherwise: [TemplateNode]?, offset: Int)
    /// `isOnItsOwnLine` decides whether the file's last line break belongs to the page.
    case partial(String, isOnItsOwnLine: Bool, offset: Int)
    /// In a page with a layout: what fills the layout's block. Elsewhere: the place, with a default unless nil.
    case block(String, body: [TemplateNode]?, offset: Int)
}

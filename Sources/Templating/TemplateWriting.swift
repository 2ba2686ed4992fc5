/// What the bytes of a kind of value can be, and so whether they are escaped.
public enum TemplateWriting: Sendable {
    /// Anything: escaped for the place where it stands.
    case text
    /// Figures and names: none of `"&<>:`, CR and NUL is among them, and an apostrophe at most, which is escaped
    /// between apostrophes only.
    case plain
    /// A path of this site as HTML writes it, or nothing: it begins with `/` and a letter, is percent-encoded, and
    /// has `&amp;` for `&`.
    case path
}

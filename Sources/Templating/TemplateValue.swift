/// Something that a template shows as text: it writes its bytes, and the template escapes them where they stand.
///
/// Public, like what it is made with, because the compiler specializes a generic function of another module only
/// where it is `public` and `@inlinable` (Swift 6.3): a page would look up 800 values' types at run time.
public protocol TemplateValue: SendableMetatype {
    /// What its bytes can be.
    static var writing: TemplateWriting { get }
    /// What `{{#if name}}` asks: whether there is nothing to show.
    var isEmpty: Bool { get }
    /// Appends it as UTF-8.
    func write(to output: inout Output)
}

extension TemplateValue {
    public static var writing: TemplateWriting { .text }
    public var isEmpty: Bool { false }
}

extension String: TemplateValue {
    public func write(to output: inout Output) { output.append(self) }
}

extension Int: TemplateValue {
    public static var writing: TemplateWriting { .plain }
    public func write(to output: inout Output) { output.append(self) }
}

/// Nothing is shown where there is no value.
extension Optional: TemplateValue where Wrapped: TemplateValue {
    public static var writing: TemplateWriting { Wrapped.writing }
    public var isEmpty: Bool { self?.isEmpty ?? true }
    public func write(to output: inout Output) { self?.write(to: &output) }
}

extension String {
    /// What the value writes, for where a text is needed after all: a header, a sentence.
    package init(showing value: some TemplateValue, in translation: Translation = .english) {
        self.init(decoding: Output.bytes(room: 128, translation) { value.write(to: &$0) }, as: UTF8.self)
    }
}

/// Something that a template shows as text: it writes its bytes, and the template escapes them where they stand.
package protocol TemplateValue: SendableMetatype {
    /// Whether its bytes are letters, digits, `-`, `_` and `.` only, which need no escaping anywhere.
    static var isPlain: Bool { get }
    /// What `{{#if name}}` asks: whether there is nothing to show.
    var isEmpty: Bool { get }
    /// Appends it as UTF-8.
    func write(to output: inout Output)
}

extension TemplateValue {
    package static var isPlain: Bool { false }
    package var isEmpty: Bool { false }
}

extension String: TemplateValue {
    package func write(to output: inout Output) { output.append(self) }
}

extension Int: TemplateValue {
    package static var isPlain: Bool { true }
    package func write(to output: inout Output) { output.append(self) }
}

/// Nothing is shown where there is no value.
extension Optional: TemplateValue where Wrapped: TemplateValue {
    package static var isPlain: Bool { Wrapped.isPlain }
    package var isEmpty: Bool { self?.isEmpty ?? true }
    package func write(to output: inout Output) { self?.write(to: &output) }
}

extension String {
    /// What the value writes, unescaped, for where a text is needed after all: a header, a sentence.
    package init(showing value: some TemplateValue) {
        self.init(decoding: Output.bytes(room: 128) { value.write(to: &$0) }, as: UTF8.self)
    }
}
